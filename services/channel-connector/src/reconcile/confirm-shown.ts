import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Figure } from '../providers/figures.js';
import type { Compared } from './treating.js';

/** A listing of which the channel was read, and nothing is under way. */
export interface SeenListing {
  readonly sku: string;
  readonly listingId: string;
  /** As it was before the channel was read. */
  readonly version: string;
  readonly toldVersion: string | null;
  readonly shown: Figure;
  /** What it showed before it was told what it was told last; null where this look says nothing of it. */
  readonly prior: number | null;
}

/**
 * What comparisons saw. The first look at a listing whose first write is not made yet, or was not made, shows what was there before that write. The
 * next look must know it: it would take the same figure for an edit.
 */
export const seenIn = (compared: readonly Compared[]): readonly SeenListing[] =>
  compared.flatMap(({ listing: { sku, listingId, version, toldVersion, prior, shown: known }, shown, drift, isUnderWay }) => {
    if (shown === null || isUnderWay) return [];
    const isFirstLook = prior === null && known === null && (drift === 'lost' || drift === 'vendor_lag');
    return [{ sku, listingId, version, toldVersion, shown, prior: isFirstLook ? shown.quantity : null }];
  });

/** Rows are locked in the order used everywhere. A listing that was told something since it was compared knows better already. */
const CONFIRM_SHOWN = `
  WITH seen AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS s (sku text, "listingId" text, version bigint, "toldVersion" bigint, shown jsonb, prior bigint)
  ),
  locked AS MATERIALIZED (
    SELECT sku FROM channels.listing
     WHERE tenant = $1 AND channel_id = $2 AND sku = ANY (ARRAY (SELECT sku FROM seen)) ORDER BY sku FOR UPDATE
  )
  UPDATE channels.listing l
     SET shown_quantity = (s.shown ->> 'quantity')::bigint, shown_parts = s.shown -> 'parts', shown_at = now(),
         prior_quantity = coalesce(l.prior_quantity, s.prior)
    FROM seen s JOIN locked USING (sku)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = s.sku AND l.listing_id = s."listingId"
     AND l.version = s.version AND l.sent_version IS NOT DISTINCT FROM s."toldVersion"`;

/** Keeps what the channel showed when it was read, and that it was read now: the figures are as old as that. */
export async function confirmShown(pool: Pool, { tenant, channelId }: ChannelRef, seen: readonly SeenListing[]): Promise<void> {
  if (seen.length > 0) await pool.query(CONFIRM_SHOWN, [tenant, channelId, JSON.stringify(seen)]);
}
