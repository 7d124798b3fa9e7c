import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { MappedLocation } from '../providers/provider.js';

/** What a channel calls our locations; of a channel that is removed, none. */
export async function mappedPlaces(pool: Pool, { tenant, channelId }: ChannelRef): Promise<readonly MappedLocation[]> {
  const sql = 'SELECT locations FROM channels.channel WHERE tenant = $1 AND channel_id = $2';
  const { rows } = await pool.query<{ locations: readonly MappedLocation[] }>(sql, [tenant, channelId]);
  return rows[0]?.locations ?? [];
}
