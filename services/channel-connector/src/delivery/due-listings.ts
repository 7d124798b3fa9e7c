import type { Pool } from 'pg';
import type { ListingUpdate } from './webhook-message.js';
import type { ChannelRef } from './writer-lease.js';

const DUE = `
  SELECT listing_id AS "listingId", sku, quantity::float8 AS quantity, version::float8 AS version
    FROM channels.listing
   WHERE tenant = $1 AND channel_id = $2 AND due_at <= now() AND listing_id IS NOT NULL AND quantity IS NOT NULL AND ($3 OR forced)
   ORDER BY due_at, sku
   LIMIT $4`;

/**
 * Selects the due listings, longest waiting first, each with its newest figure. @param all false where only pushes that were asked for go
 * out
 */
export async function dueListings(
  pool: Pool,
  { tenant, channelId }: ChannelRef,
  all: boolean,
  limit: number,
): Promise<readonly ListingUpdate[]> {
  return (await pool.query<ListingUpdate>(DUE, [tenant, channelId, all, limit])).rows;
}
