import { CHANNELS, ERP_CONNECTION, LOCATIONS, PRODUCTS } from './catalogue.js';

export interface SampleTarget {
  readonly url: string;
  readonly key: string;
  /** Where the demo's channels are told of their figures. */
  readonly receiver: { readonly url: string; readonly secret: string };
}

/**
 * Loads the sample data over the public APIs, as a user would. Loading it again changes nothing but the channels' address,
 * which is another one after each start.
 * @throws with the answer of the first request that failed
 */
export async function loadSample(target: SampleTarget): Promise<void> {
  await send(target, 'POST', '/api/locations/bulk', { locations: LOCATIONS });
  await send(target, 'PUT', `/v1/erp/connections/${ERP_CONNECTION.connectionId}`, ERP_CONNECTION.settings);
  await send(target, 'POST', '/api/products/bulk', { products: PRODUCTS.map(({ units: _units, ...product }) => product) });
  for (const { channelId, ...channel } of CHANNELS) {
    await send(target, 'PUT', `/sales-channel/channels/${channelId}`, {
      ...channel,
      provider: 'webhook',
      syncInventory: true,
      webhook: target.receiver,
    });
    const mappings = PRODUCTS.map(({ sku }) => ({ sku, listingId: `${channelId}-${sku}` }));
    await send(target, 'PUT', `/sales-channel/channels/${channelId}/mappings`, { mappings });
  }
  await send(target, 'POST', '/v1/erp/messages', { messages: PRODUCTS.flatMap(levels) });
}

function levels(product: (typeof PRODUCTS)[number]): object[] {
  return product.units.map((quantity, index) => ({
    type: 'level',
    // The same at every start, with the same content: the sample's figures count once.
    messageId: `sample-${product.sku}-${String(index)}`,
    connectionId: ERP_CONNECTION.connectionId,
    warehouseId: ERP_CONNECTION.settings.mappings[index]?.warehouseId,
    sku: product.sku,
    quantity,
    asOf: '2026-01-01T00:00:00Z',
  }));
}

async function send(target: SampleTarget, method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> {
  const response = await fetch(`${target.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${target.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`sample data: ${method} ${path} answered ${String(response.status)}: ${await response.text()}`);
}
