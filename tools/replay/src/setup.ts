import type { Holdfast } from '@holdfast/client';
import type { CleanYear } from './clean.js';
import type { ReplayedErp } from './erp.js';
import type { Scenario } from './scenario.js';
import type { ReplayedChannel } from './channels/replayed-channel.js';
import type { LotControl } from './warehouse/lot-book.js';

const PRODUCTS_PER_CALL = 2_000;

/** Makes what the replay needs at Holdfast: locations, an ERP connection, the catalogue, channels with a listing of every SKU. */
export async function setUp(
  holdfast: Holdfast,
  scenario: Scenario,
  year: CleanYear,
  skus: readonly string[],
  channels: readonly ReplayedChannel[],
  erp: Pick<ReplayedErp, 'connection'>,
  lotControls: ReadonlyMap<string, LotControl> = new Map(),
): Promise<void> {
  for (const { locationId, priority } of scenario.warehouses)
    await holdfast.locations.put({ locationId, name: `Warehouse ${locationId}`, kind: 'warehouse', priority });
  const mappings = scenario.warehouses.map(({ warehouseId, locationId }) => ({ warehouseId, locationId }));
  await holdfast.connections.put(scenario.connectionId, { ...erp.connection, mappings });
  for (const { channelId, body } of channels) await holdfast.channels.put(channelId, body);

  for (let from = 0; from < skus.length; from += PRODUCTS_PER_CALL) {
    const chunk = skus.slice(from, from + PRODUCTS_PER_CALL);
    const products = chunk.map((sku) => {
      const lotControl = lotControls.get(sku);
      const product = { sku: scenario.prefix + sku, name: year.names.get(sku) ?? sku, category: 'Giftware' };
      return lotControl === undefined ? product : { ...product, lotControl };
    });
    await holdfast.products.putMany({ products });
    for (const channel of channels) {
      const listings = channel.list(products.map(({ sku }) => sku));
      const listed = listings.map((listingId, index) => ({ sku: products[index]?.sku ?? '', listingId }));
      await holdfast.mappings.put(channel.channelId, { mappings: listed });
    }
  }
}
