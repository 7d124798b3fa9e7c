import type { Pool } from 'pg';
import { MAX_FAULT_LENGTH } from '@holdfast/vendor-http';
import type { ChannelRef } from '../accounts/channel-ref.js';

/** When a channel is worth an alert. */
export interface AlertBounds {
  /** It fails, pauses, cannot be read or is gone for longer than this. */
  readonly syncFailingMs: number;
  /** Differences that nothing of ours explains are open, at least so many. */
  readonly driftEntries: number;
  /** A difference is open for longer than this, whatever its class. */
  readonly driftMs: number;
}

export const DEFAULT_ALERT_BOUNDS: AlertBounds = { syncFailingMs: 900_000, driftEntries: 100, driftMs: 4 * 3_600_000 };

export type Trouble = 'sync' | 'drift';

/** A channel that has a trouble now, or had one when it was looked at before. */
export interface TroubleRow extends ChannelRef {
  readonly trouble: Trouble;
  readonly isThere: boolean;
  /** When it was first seen, as the database writes it; null where it is new. */
  readonly since: string | null;
  readonly sinceMs: number | null;
  /** How long ago that was. */
  readonly ageMs: number;
  readonly isTold: boolean;
  readonly says: string | null;
  readonly failures: number;
  readonly openEntries: number;
  readonly oldestMs: number | null;
}

const TROUBLES = `
  WITH drift AS (
    SELECT tenant, channel_id, (count(*) FILTER (WHERE class NOT IN ('late', 'vendor_lag')))::int AS entries, min(detected_at) AS oldest
      FROM channels.drift WHERE resolved_at IS NULL GROUP BY tenant, channel_id
  ),
  now_seen AS (
    SELECT c.tenant, c.channel_id, c.failures, left(coalesce(c.fault, p.fault, c.reconcile_fault), ${String(MAX_FAULT_LENGTH)}) AS says,
           coalesce(d.entries, 0) AS entries, d.oldest, c.gone OR c.failures > 0 OR p.fault IS NOT NULL OR c.reconcile_fault IS NOT NULL AS sync,
           coalesce(d.entries >= $1 OR d.oldest <= now() - $2::float8 * interval '1 millisecond', false) AS drift
      FROM channels.channel c LEFT JOIN channels.polling p USING (tenant, channel_id) LEFT JOIN drift d USING (tenant, channel_id)
  )
  SELECT s.tenant, s.channel_id AS "channelId", t.trouble, t.is_there AS "isThere", a.since::text AS since,
         extract(epoch FROM a.since)::float8 * 1000 AS "sinceMs", coalesce(extract(epoch FROM now() - a.since)::float8 * 1000, 0) AS "ageMs",
         a.told_at IS NOT NULL AS "isTold", s.says, s.failures, s.entries AS "openEntries", extract(epoch FROM s.oldest)::float8 * 1000 AS "oldestMs"
    FROM now_seen s
   CROSS JOIN LATERAL (VALUES ('sync', s.sync), ('drift', s.drift)) AS t (trouble, is_there)
    LEFT JOIN channels.alert a ON a.tenant = s.tenant AND a.channel_id = s.channel_id AND a.kind = t.trouble
   WHERE t.is_there OR a.since IS NOT NULL`;

const BEGIN = `INSERT INTO channels.alert (tenant, channel_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;
const OF = `tenant = $1 AND channel_id = $2 AND kind = $3 AND since = $4::timestamptz`;
const TOLD = `UPDATE channels.alert SET told_at = now() WHERE ${OF}`;
const END = `DELETE FROM channels.alert WHERE ${OF}`;
const FORGET = `DELETE FROM channels.alert a WHERE NOT EXISTS (SELECT 1 FROM channels.channel c WHERE c.tenant = a.tenant AND c.channel_id = a.channel_id)`;

/** Troubles of channels. Any process may look; what two of them see at once has one row. */
export class AlertTable {
  constructor(private readonly pool: Pool) {}

  async troubles({ driftEntries, driftMs }: AlertBounds): Promise<readonly TroubleRow[]> {
    return (await this.pool.query<TroubleRow>(TROUBLES, [driftEntries, driftMs])).rows;
  }

  async begin({ tenant, channelId, trouble }: TroubleRow): Promise<void> {
    await this.pool.query(BEGIN, [tenant, channelId, trouble]);
  }

  async told({ tenant, channelId, trouble, since }: TroubleRow): Promise<void> {
    await this.pool.query(TOLD, [tenant, channelId, trouble, since]);
  }

  async end({ tenant, channelId, trouble, since }: TroubleRow): Promise<void> {
    await this.pool.query(END, [tenant, channelId, trouble, since]);
  }

  /** Of channels that were removed, nothing is told any more. */
  async forgetRemoved(): Promise<void> {
    await this.pool.query(FORGET);
  }
}
