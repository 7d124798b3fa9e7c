import type { Pool, PoolClient } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';

const END = `
  UPDATE channels.drift d SET resolved_at = now(), resolution = 'mapped no more', resolved_by = $3
   WHERE d.tenant = $1 AND d.channel_id = $2 AND d.resolved_at IS NULL AND NOT EXISTS (
     SELECT FROM channels.listing l WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = d.sku AND l.listing_id = d.listing_id)`;

/** Ends entries of the drift ledger about listings that are of no SKU, or of another one: no comparison would end them. @param by who took them off the channel, or saw it */
export async function endUnmappedDrift(database: Pool | PoolClient, { tenant, channelId }: ChannelRef, by: string): Promise<void> {
  await database.query(END, [tenant, channelId, by]);
}
