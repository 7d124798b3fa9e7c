import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Compared } from './treating.js';

/** Rows are locked in the order used everywhere. A listing that was told something since it was compared knows better already. */
const CONFIRM_SHOWN = `
  WITH seen AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS s (sku text, "listingId" text, version bigint, "toldVersion" bigint, shown jsonb)
  ),
  locked AS MATERIALIZED (
    SELECT sku FROM channels.listing
     WHERE tenant = $1 AND channel_id = $2 AND sku = ANY (ARRAY (SELECT sku FROM seen)) ORDER BY sku FOR UPDATE
  )
  UPDATE channels.listing l SET shown_quantity = (s.shown ->> 'quantity')::bigint, shown_parts = s.shown -> 'parts', shown_at = now()
    FROM seen s JOIN locked USING (sku)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = s.sku AND l.listing_id = s."listingId"
     AND l.version = s.version AND l.sent_version IS NOT DISTINCT FROM s."toldVersion"`;

/** Keeps what the channel showed when it was read, and that it was read now: the figures are as old as that. */
export async function confirmShown(pool: Pool, { tenant, channelId }: ChannelRef, compared: readonly Compared[]): Promise<void> {
  const seen = compared
    .filter(({ shown, isUnderWay }) => shown !== null && !isUnderWay)
    .map(({ listing: { sku, listingId, version, toldVersion }, shown }) => ({ sku, listingId, version, toldVersion, shown }));
  if (seen.length > 0) await pool.query(CONFIRM_SHOWN, [tenant, channelId, JSON.stringify(seen)]);
}
