import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { ACCOUNT_COLUMNS, type StoredAccount } from '../accounts/stored-account.js';

/**
 * One channel whose time has come. A channel that was never scheduled, or whose interval was changed, gets a place in the interval by chance, so that not all
 * come at once; a place that is found is kept, within a twentieth of the interval.
 */
const CLAIM = `
  UPDATE channels.channel c
     SET reconcile_at = now() + coalesce(c.reconcile_every_seconds * 1000.0, $1::float8)
           * CASE WHEN reconcile_at IS NULL THEN random() ELSE 0.95 + random() / 10 END * interval '1 millisecond'
    FROM (SELECT tenant, channel_id, reconcile_at AS before FROM channels.channel
           WHERE NOT gone AND (reconcile_at IS NULL OR reconcile_at <= now()) ORDER BY reconcile_at NULLS FIRST LIMIT 1 FOR UPDATE SKIP LOCKED) due
   WHERE c.tenant = due.tenant AND c.channel_id = due.channel_id
  RETURNING ${ACCOUNT_COLUMNS.split(', ')
    .map((column) => `c.${column}`)
    .join(', ')}, due.before IS NOT NULL AS "isDue", c.is_read AS "isRead"`;

export interface ScheduledChannel extends StoredAccount {
  /** False where it only got its place in the interval. */
  readonly isDue: boolean;
  /** As it is written down. */
  readonly isRead: boolean;
}

/** Takes the next channel whose time has come, and sets when it comes again. @param everyMs of a channel that has no interval of its own */
export async function claimDue(pool: Pool, everyMs: number): Promise<ScheduledChannel | undefined> {
  return (await pool.query<ScheduledChannel>(CLAIM, [everyMs])).rows[0];
}

/** Figures of a channel that can be read are confirmed again and again. */
const READ = 'UPDATE channels.channel SET is_read = $3 WHERE tenant = $1 AND channel_id = $2';

/** Writes down whether channels of this kind can be read. */
export async function noteReadable(pool: Pool, { tenant, channelId }: ChannelRef, canRead: boolean): Promise<void> {
  await pool.query(READ, [tenant, channelId, canRead]);
}
