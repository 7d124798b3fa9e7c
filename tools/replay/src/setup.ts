import { expectStatus, type ApiClient } from './api-client.js';
import type { CleanYear } from './clean.js';
import type { Scenario } from './scenario.js';
import type { ReplayedChannel } from './channels/replayed-channel.js';

const PRODUCTS_PER_CALL = 2_000;

/** Makes what the replay needs at Holdfast: locations, an ERP connection, the catalogue, channels with a listing of every SKU. */
export async function setUp(
  api: ApiClient,
  scenario: Scenario,
  year: CleanYear,
  skus: readonly string[],
  channels: readonly ReplayedChannel[],
): Promise<void> {
  for (const warehouse of scenario.warehouses) {
    const location = {
      locationId: warehouse.locationId,
      name: `Warehouse ${warehouse.locationId}`,
      kind: 'warehouse',
      priority: warehouse.priority,
    };
    expectStatus(await api.post('/api/locations', location, `${scenario.prefix}location-${warehouse.locationId}`), 'location', 201, 200);
  }
  const mappings = scenario.warehouses.map(({ warehouseId, locationId }) => ({ warehouseId, locationId }));
  const connection = { name: 'Replayed ERP', system: 'replay', mappings };
  expectStatus(await api.put(`/v1/erp/connections/${encodeURIComponent(scenario.connectionId)}`, connection), 'ERP connection', 200, 201);

  for (const { name, channelId, body } of channels)
    expectStatus(await api.put(channelPath(channelId), body), `channel of ${name}`, 200, 201);

  for (let from = 0; from < skus.length; from += PRODUCTS_PER_CALL) {
    const chunk = skus.slice(from, from + PRODUCTS_PER_CALL);
    const products = chunk.map((sku) => ({ sku: scenario.prefix + sku, name: year.names.get(sku) ?? sku, category: 'Giftware' }));
    expectStatus(await api.post('/api/products/bulk', { products }, `${scenario.prefix}products-${String(from)}`), 'products', 200, 201);
    const named = chunk.map((sku) => scenario.prefix + sku);
    for (const channel of channels) {
      const mappings = channel.list(named).map((listingId, index) => ({ sku: named[index] ?? '', listingId }));
      expectStatus(await api.put(`${channelPath(channel.channelId)}/mappings`, { mappings }), `listings of ${channel.name}`, 200, 201);
    }
  }
}

const channelPath = (channelId: string): string => `/sales-channel/channels/${encodeURIComponent(channelId)}`;
