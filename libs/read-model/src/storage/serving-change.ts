import type { ClientBase } from 'pg';
import { servesNobody } from '@holdfast/inventory';
import type { ChannelRow, LocationRow } from '../fold/rows.js';
import { promiseAnew } from './channel-change.js';

/**
 * Called after the row of a location was written. Writes how many units of each SKU there may not leave, and what each channel may promise
 * of these SKUs, inside the client's transaction.
 */
export async function writeServing(
  client: ClientBase,
  schema: string,
  location: LocationRow,
  channels: Iterable<ChannelRow>,
): Promise<void> {
  const { tenant, locationId, position, updatedAt } = location;
  const held = servesNobody(location) ? 'greatest(0, on_hand)' : 'held_units';
  await client.query(
    `UPDATE ${schema}.stock SET held = ${held}, version = version + 1, position = $3, updated_at = $4
     WHERE tenant = $1 AND location_id = $2 AND held <> ${held}`,
    [tenant, locationId, position, new Date(updatedAt)],
  );
  for (const channel of channels) if (channel.enabled) await promiseAnew(client, schema, { ...channel, position, updatedAt }, locationId);
}
