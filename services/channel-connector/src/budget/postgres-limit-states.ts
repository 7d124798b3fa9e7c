import { inTransaction } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { LimitState } from './limit-state.js';
import type { LimitStates } from './limit-states.js';

/** Before the rows are read, so that the reading statement sees what the former holder wrote. What a crash forgets of a spending is worth less than a wait for the disk. */
const LOCK = `
  SELECT set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(hashtextextended('channel spending ' || $1 || '|' || $2, 0))`;

const READ = `
  SELECT n.name, s.level, s.at, s.not_before AS "notBefore", s.per_second AS "perSecond", s.burst,
         extract(epoch FROM clock_timestamp())::float8 * 1000 AS now
    FROM unnest($3::text[]) AS n (name)
    LEFT JOIN channels.spending s ON s.tenant = $1 AND s.channel_id = $2 AND s.name = n.name`;

const STORE = `
  INSERT INTO channels.spending (tenant, channel_id, name, level, at, not_before, per_second, burst)
  SELECT $1, $2, * FROM unnest($3::text[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::float8[])
  ON CONFLICT (tenant, channel_id, name) DO UPDATE SET
    level = excluded.level, at = excluded.at, not_before = excluded.not_before, per_second = excluded.per_second, burst = excluded.burst`;

interface Row extends Omit<LimitState, 'level'> {
  readonly name: string;
  readonly level: number | null;
  readonly now: number;
}

export class PostgresLimitStates implements LimitStates {
  constructor(
    private readonly pool: Pool,
    private readonly channel: ChannelRef,
  ) {}

  change: LimitStates['change'] = (names, change) =>
    inTransaction(this.pool, async (client) => {
      const of = [this.channel.tenant, this.channel.channelId];
      await client.query(LOCK, of);
      const { rows } = await client.query<Row>(READ, [...of, [...new Set(names)]]);
      const stored = rows.flatMap(({ name, level, at, notBefore, perSecond, burst }) =>
        level === null ? [] : [[name, { level, at, notBefore, perSecond, burst }] as const],
      );
      const { states, result } = change(new Map(stored), rows[0]?.now ?? 0);
      const changed = [...states.values()];
      if (changed.length > 0)
        await client.query(STORE, [
          ...of,
          [...states.keys()],
          changed.map(({ level }) => level),
          changed.map(({ at }) => at),
          changed.map(({ notBefore }) => notBefore),
          changed.map(({ perSecond }) => perSecond),
          changed.map(({ burst }) => burst),
        ]);
      return result;
    });
}
