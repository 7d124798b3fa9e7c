import { randomBytes } from 'node:crypto';
import { expectStatus, type ApiClient } from './api-client.js';
import type { CleanYear } from './clean.js';
import type { Scenario } from './scenario.js';
import type { WebhookListings } from './webhook-listings.js';

const PRODUCTS_PER_CALL = 2_000;
const SECRET_BYTES = 24;

export const listingOf = (sku: string): string => `L-${sku}`;

/** Makes what the replay needs at Holdfast: locations, an ERP connection, a channel with a listing of every SKU, the catalogue. */
export async function setUp(
  api: ApiClient,
  scenario: Scenario,
  year: CleanYear,
  skus: readonly string[],
  listings: WebhookListings,
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

  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const channel = {
    name: 'Replayed web shop',
    channelType: 'E_COMMERCE',
    provider: 'webhook',
    syncInventory: true,
    // A secret that Holdfast made would be lost with the answer, and a repeat does not show it again.
    webhook: { url: listings.url, secret },
  };
  listings.verifyWith(secret);
  expectStatus(await api.put(`/sales-channel/channels/${encodeURIComponent(scenario.channelId)}`, channel), 'channel', 200, 201);

  for (let from = 0; from < skus.length; from += PRODUCTS_PER_CALL) {
    const chunk = skus.slice(from, from + PRODUCTS_PER_CALL);
    const products = chunk.map((sku) => ({ sku: scenario.prefix + sku, name: year.names.get(sku) ?? sku, category: 'Giftware' }));
    expectStatus(await api.post('/api/products/bulk', { products }, `${scenario.prefix}products-${String(from)}`), 'products', 200, 201);
    const listed = chunk.map((sku) => ({ sku: scenario.prefix + sku, listingId: listingOf(scenario.prefix + sku) }));
    const path = `/sales-channel/channels/${encodeURIComponent(scenario.channelId)}/mappings`;
    expectStatus(await api.put(path, { mappings: listed }), 'listings', 200, 201);
  }
}
