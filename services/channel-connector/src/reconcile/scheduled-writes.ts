import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { MappedListing } from './mapped-listings.js';

/** What a decision says of a write that is due. */
export interface ScheduledWrite {
  readonly listing: Pick<MappedListing, 'listingId' | 'version'>;
  /** held: what waits already waits longer. never: the figure that is due is not ours any more, and the next one makes the listing due again. */
  readonly due: 'now' | 'later' | 'never' | 'held';
  readonly ms?: number;
}

/** A figure that came since is due by itself; an urgent one is lower than what shows, and goes. */
const SCHEDULE = `
  UPDATE channels.listing l
     SET due_at = CASE s.due WHEN 'now' THEN least(l.due_at, now())
                             WHEN 'later' THEN greatest(l.due_at, now() + s.ms * interval '1 millisecond')
                             WHEN 'held' THEN CASE WHEN l.due_at > now() THEN greatest(l.due_at, now() + s.ms * interval '1 millisecond') ELSE l.due_at END
                  END
    FROM jsonb_to_recordset($3::jsonb) AS s ("listingId" text, version bigint, due text, ms float8)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = s."listingId" AND l.version = s.version AND l.due_at IS NOT NULL
     AND NOT (s.due = 'later' AND l.urgent)`;

/** Writes that were due when the listing was compared, as what was decided about it wants them. */
export async function scheduleWrites(pool: Pool, { tenant, channelId }: ChannelRef, writes: readonly ScheduledWrite[]): Promise<void> {
  if (writes.length === 0) return;
  const entries = writes.map(({ listing: { listingId, version }, due, ms = 0 }) => ({ listingId, version, due, ms }));
  await pool.query(SCHEDULE, [tenant, channelId, JSON.stringify(entries)]);
}
