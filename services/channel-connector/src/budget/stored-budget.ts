import { setTimeout as pause } from 'node:timers/promises';
import { inTransaction } from '@holdfast/kit';
import type { Pool, PoolClient } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Budget, LimitShape, ReportedLimit, Spend } from '../providers/tools.js';
import { asOf, fullLimit, leftOf, reported, spent, waitMs, type LimitState } from './limit-state.js';

/** Before the rows are read, so that the reading statement sees what the former holder wrote. What a crash forgets of a spending is worth less than a wait for the disk. */
const LOCK = `
  SELECT set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(hashtextextended('channel spending ' || $1 || '|' || $2, 0))`;

/** The clock is the database's: clocks of processes differ. */
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

interface Row {
  readonly name: string;
  readonly level: number | null;
  readonly at: number;
  readonly notBefore: number;
  readonly perSecond: number | null;
  readonly burst: number | null;
  readonly now: number;
}

interface Known {
  readonly shape: LimitShape;
  readonly state: LimitState;
}

/** A vendor's limits of one account, shared by all processes over the database. */
export class StoredBudget implements Budget {
  private readonly shapes: ReadonlyMap<string, LimitShape>;

  constructor(
    private readonly pool: Pool,
    private readonly channel: ChannelRef,
    shapes: readonly LimitShape[],
    private readonly stopped: AbortSignal,
  ) {
    this.shapes = new Map(shapes.map((shape) => [shape.name, shape]));
  }

  async take(spends: readonly Spend[], { urgent = false, mostMs = Number.POSITIVE_INFINITY } = {}): Promise<boolean> {
    const deadline = performance.now() + mostMs;
    while (!this.stopped.aborted) {
      const wait = await this.tryTake(spends, urgent);
      if (wait === 0) return true;
      if (performance.now() + wait > deadline) return false;
      await pause(wait, undefined, { signal: this.stopped }).catch(() => undefined);
    }
    return false;
  }

  async left(limit: string, { urgent = false } = {}): Promise<number> {
    const { states, now } = await inTransaction(this.pool, (client) => this.locked(client, [limit]));
    return Math.min(...[...states.values()].map(({ shape, state }) => leftOf(shape, state, urgent, now)));
  }

  async report(limits: readonly ReportedLimit[]): Promise<void> {
    if (limits.length === 0) return;
    await inTransaction(this.pool, async (client) => {
      const { states } = await this.locked(client, [...new Set(limits.map(({ limit }) => limit))]);
      for (const report of limits) {
        const { shape, state } = known(states, report.limit);
        states.set(report.limit, { shape, state: reported(shape, state, report) });
      }
      await this.store(client, states);
    });
  }

  /** @returns milliseconds to wait, 0 where it was taken */
  private tryTake(spends: readonly Spend[], urgent: boolean): Promise<number> {
    return inTransaction(this.pool, async (client) => {
      const { states, now } = await this.locked(client, [...new Set(spends.map(({ limit }) => limit))]);
      const wait = Math.max(
        0,
        ...spends.map(({ limit, units }) => {
          const { shape, state } = known(states, limit);
          return waitMs(shape, state, units, urgent, now);
        }),
      );
      if (wait > 0) return wait;
      for (const { limit, units } of spends) {
        const { shape, state } = known(states, limit);
        states.set(limit, { shape, state: spent(state, units) });
      }
      await this.store(client, states);
      return 0;
    });
  }

  private async locked(client: PoolClient, names: readonly string[]): Promise<{ states: Map<string, Known>; now: number }> {
    const { tenant, channelId } = this.channel;
    await client.query(LOCK, [tenant, channelId]);
    const { rows } = await client.query<Row>(READ, [tenant, channelId, names]);
    const now = rows[0]?.now ?? 0;
    const states = new Map(
      rows.map(({ name, level, at, notBefore, perSecond, burst }) => {
        const shape = this.shapes.get(name);
        if (shape === undefined) throw new Error(`there is no limit ${name}`);
        const state = level === null ? fullLimit(shape, now) : { level, at, notBefore, perSecond, burst };
        return [name, { shape, state: asOf(shape, state, now) }] as const;
      }),
    );
    return { states, now };
  }

  private async store(client: PoolClient, states: ReadonlyMap<string, Known>): Promise<void> {
    const rows = [...states].map(([name, { state }]) => ({ name, ...state }));
    await client.query(STORE, [
      this.channel.tenant,
      this.channel.channelId,
      rows.map(({ name }) => name),
      rows.map(({ level }) => level),
      rows.map(({ at }) => at),
      rows.map(({ notBefore }) => notBefore),
      rows.map(({ perSecond }) => perSecond),
      rows.map(({ burst }) => burst),
    ]);
  }
}

function known(states: ReadonlyMap<string, Known>, name: string): Known {
  const found = states.get(name);
  if (found === undefined) throw new Error(`there is no limit ${name}`);
  return found;
}
