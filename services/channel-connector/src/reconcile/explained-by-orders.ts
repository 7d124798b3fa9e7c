import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';

/** Units that orders of the channel took of each listing since it was told its figure. */
const ORDERED = `
  SELECT l.listing_id AS "listingId", sum(line.ordered - line.cancelled - line.restocked)::float8 AS units
    FROM channels.listing l
    JOIN channels.channel_order o ON o.tenant = l.tenant AND o.channel_id = l.channel_id AND o.received_at >= l.sent_at
    JOIN channels.channel_order_line line
      ON line.tenant = o.tenant AND line.channel_id = o.channel_id AND line.order_id = o.order_id AND line.listing_id = l.listing_id
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = ANY ($3)
   GROUP BY l.listing_id`;

export async function orderedSinceTold(
  pool: Pool,
  { tenant, channelId }: ChannelRef,
  listingIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (listingIds.length === 0) return new Map();
  const { rows } = await pool.query<{ listingId: string; units: number }>(ORDERED, [tenant, channelId, listingIds]);
  return new Map(rows.map(({ listingId, units }) => [listingId, units]));
}

const COMPARE = `
  UPDATE channels.listing l SET compare_at = least(l.compare_at, now())
    FROM channels.channel_order_line line, channels.drift d
   WHERE line.tenant = $1 AND line.channel_id = $2 AND line.order_id = $3
     AND l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = line.listing_id
     AND d.tenant = $1 AND d.channel_id = $2 AND d.listing_id = line.listing_id AND d.resolved_at IS NULL AND d.class = 'foreign_edit'`;

/** An order came: it may be what an open difference of its listings waits for. */
export async function compareOrdered(pool: Pool, { tenant, channelId, orderId }: ChannelRef & { readonly orderId: string }): Promise<void> {
  await pool.query(COMPARE, [tenant, channelId, orderId]);
}
