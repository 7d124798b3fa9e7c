import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Figure } from '../providers/figures.js';

export interface ShownListing {
  readonly sku: string;
  readonly listingId: string;
  readonly shown: Figure;
}

/** Keeps what the channel shows, and makes the listings due under a new version. Rows are locked in the order used everywhere. */
const TELL_AGAIN = `
  WITH again AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS s (sku text, "listingId" text, shown jsonb)
  ),
  locked AS MATERIALIZED (
    SELECT sku FROM channels.listing
     WHERE tenant = $1 AND channel_id = $2 AND sku = ANY (ARRAY (SELECT sku FROM again)) ORDER BY sku FOR UPDATE
  )
  UPDATE channels.listing l
     SET shown_quantity = (s.shown ->> 'quantity')::bigint, shown_parts = s.shown -> 'parts', shown_at = now(),
         version = nextval('channels.listing_version'), forced = true, due_at = least(l.due_at, now())
    FROM again s JOIN locked USING (sku)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = s.sku AND l.listing_id = s."listingId" AND l.quantity IS NOT NULL`;

export async function tellAgain(pool: Pool, { tenant, channelId }: ChannelRef, listings: readonly ShownListing[]): Promise<void> {
  await pool.query(TELL_AGAIN, [tenant, channelId, JSON.stringify(listings)]);
}
