import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';

/** A SKU whose stock the channel keeps. */
export interface KeptSku {
  readonly sku: string;
  readonly listingId: string;
}

const MAPPED = `SELECT listing_id AS "listingId", sku FROM channels.listing WHERE tenant = $1 AND channel_id = $2 AND listing_id = ANY ($3)`;
const BOOKED = `SELECT sku, listing_id AS "listingId" FROM channels.kept_stock WHERE tenant = $1 AND channel_id = $2 ORDER BY sku`;
const BOOK = `
  INSERT INTO channels.kept_stock (tenant, channel_id, sku, listing_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (tenant, channel_id, sku) DO UPDATE SET listing_id = excluded.listing_id, booked_at = now()`;

/** SKUs that were booked as kept by a channel: one that the channel names no more has none left there. */
export class KeptStockTable {
  constructor(private readonly pool: Pool) {}

  /** SKUs by listing, as they are mapped. */
  async mapped({ tenant, channelId }: ChannelRef, listingIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.pool.query<KeptSku>(MAPPED, [tenant, channelId, listingIds]);
    return new Map(rows.map(({ listingId, sku }) => [listingId, sku]));
  }

  async booked({ tenant, channelId }: ChannelRef): Promise<readonly KeptSku[]> {
    return (await this.pool.query<KeptSku>(BOOKED, [tenant, channelId])).rows;
  }

  async book({ tenant, channelId }: ChannelRef, { sku, listingId }: KeptSku): Promise<void> {
    await this.pool.query(BOOK, [tenant, channelId, sku, listingId]);
  }
}
