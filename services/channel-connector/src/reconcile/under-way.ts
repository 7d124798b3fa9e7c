import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { MappedListing } from './mapped-listings.js';

/** A write that was read about at its wrong moment has ended by then. */
export const UNDER_WAY_MS = 2_000;

/**
 * Figures of ours changed while the channel was read, or a write may be under way just now: what the channel showed may be a figure of ours
 * that is not written down yet.
 */
const UNDER_WAY = `
  SELECT l.listing_id AS "listingId"
    FROM jsonb_to_recordset($3::jsonb) AS s ("listingId" text, version bigint, "toldVersion" bigint)
    JOIN channels.listing l ON l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = s."listingId"
    JOIN channels.channel c ON c.tenant = l.tenant AND c.channel_id = l.channel_id
   WHERE l.version <> s.version OR l.sent_version IS DISTINCT FROM s."toldVersion" OR l.unsure
      OR (l.due_at <= now() AND l.conflict_id IS NULL AND (c.sync_inventory OR l.forced) AND c.lease_until > now())`;

const COMPARE_AGAIN = `
  UPDATE channels.listing l SET compare_at = least(l.compare_at, now() + s.ms * interval '1 millisecond')
    FROM jsonb_to_recordset($3::jsonb) AS s ("listingId" text, ms float8)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = s."listingId"`;

/** A listing that is compared once more after so many milliseconds. */
export interface ComparedLater {
  readonly listingId: string;
  readonly ms: number;
}

/** Ids of listings that cannot be decided on from what was read. Called after the channel was read. */
export async function listingsUnderWay(
  pool: Pool,
  { tenant, channelId }: ChannelRef,
  listings: readonly MappedListing[],
): Promise<ReadonlySet<string>> {
  if (listings.length === 0) return new Set();
  const read = listings.map(({ listingId, version, toldVersion }) => ({ listingId, version, toldVersion }));
  const { rows } = await pool.query<{ listingId: string }>(UNDER_WAY, [tenant, channelId, JSON.stringify(read)]);
  return new Set(rows.map(({ listingId }) => listingId));
}

/** Makes listings due to be compared once more. */
export async function compareAgain(pool: Pool, { tenant, channelId }: ChannelRef, listings: readonly ComparedLater[]): Promise<void> {
  if (listings.length > 0) await pool.query(COMPARE_AGAIN, [tenant, channelId, JSON.stringify(listings)]);
}
