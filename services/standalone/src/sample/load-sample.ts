import { Holdfast, type BodyOf } from '@holdfast/client';
import { loadWork } from './load-work.js';
import { CHANNELS, ERP_CONNECTION, LOCATIONS, PRODUCTS } from './catalogue.js';

export interface SampleTarget {
  readonly url: string;
  readonly key: string;
  /** Where the demo's channels are told of their figures. */
  readonly receiver: { readonly url: string; readonly secret: string };
  /** Epoch milliseconds: dates of the sample count from its day. */
  readonly now: number;
}

/** A machine that starts everything at once answers slowly. */
const SLOW_MS = 60_000;

/**
 * Loads the sample data over the public APIs, as a user would. Loading it again changes nothing but the channels' address,
 * which is another one after each start.
 * @throws HoldfastError of the first request that failed
 */
export async function loadSample({ url, key, receiver, now }: SampleTarget): Promise<void> {
  const holdfast = new Holdfast({ url, key, timeoutMs: SLOW_MS, deadlineMs: 2 * SLOW_MS });
  await holdfast.locations.putMany({ locations: LOCATIONS });
  await holdfast.connections.put(ERP_CONNECTION.connectionId, ERP_CONNECTION.settings);
  await holdfast.products.putMany({ products: PRODUCTS.map(({ units: _units, ...product }) => product) });
  for (const { channelId, ...channel } of CHANNELS) {
    await holdfast.channels.put(channelId, { ...channel, provider: 'webhook', syncInventory: true, webhook: receiver });
    const mappings = PRODUCTS.map(({ sku }) => ({ sku, listingId: `${channelId}-${sku}` }));
    await holdfast.mappings.put(channelId, { mappings });
  }
  await holdfast.erpMessages.publish({ messages: PRODUCTS.flatMap(levels) });
  await loadWork(holdfast, now);
}

function levels(product: (typeof PRODUCTS)[number]): BodyOf<'erpMessages.publish'>['messages'] {
  return product.units.map((quantity, index) => ({
    type: 'level',
    // The same at every start, with the same content: the sample's figures count once.
    messageId: `sample-${product.sku}-${String(index)}`,
    connectionId: ERP_CONNECTION.connectionId,
    warehouseId: ERP_CONNECTION.settings.mappings[index]?.warehouseId ?? '',
    sku: product.sku,
    quantity,
    asOf: '2026-01-01T00:00:00Z',
  }));
}
