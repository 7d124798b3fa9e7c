import {
  startAmazonSimulator,
  startEbaySimulator,
  startShopifySimulator,
  startWalmartSimulator,
  startZalandoSimulator,
  type SimulatorOptions,
  type Vendor,
  type VendorSimulator,
} from '@holdfast/sandbox';
import type { Api } from '@holdfast/testing';

/** A kind of simulated vendor. */
export interface VendorUnderLoad {
  readonly vendor: Vendor;
  readonly start: (options: SimulatorOptions) => Promise<VendorSimulator>;
}

/** One location each, so that a figure is one quantity. */
export const VENDORS_UNDER_LOAD: readonly VendorUnderLoad[] = [
  { vendor: 'shopify', start: (options) => startShopifySimulator({ ...options, locations: ['MAIN'] }) },
  { vendor: 'amazon', start: startAmazonSimulator },
  { vendor: 'ebay', start: startEbaySimulator },
  { vendor: 'walmart', start: (options) => startWalmartSimulator({ ...options, shipNodes: ['10000001'] }) },
  { vendor: 'zalando', start: startZalandoSimulator },
];

const MAPPINGS_PER_CALL = 5_000;

/** Lists the SKUs at the vendor and connects it as the channel of its name. @returns SKUs by listing id */
export async function connectVendor(
  api: Api,
  simulator: VendorSimulator,
  skus: readonly string[],
  channel: Readonly<Record<string, unknown>> = {},
  settings: Readonly<Record<string, unknown>> = {},
): Promise<ReadonlyMap<string, string>> {
  const { vendor, account } = simulator;
  const path = `/sales-channel/channels/${vendor}`;
  const listingIds = simulator.addListings(skus.map((sku) => ({ sku, quantity: 0 })));
  // Only where a vendor has places is a location mapped: all units of a bench lie at one.
  const locations = account.locations?.slice(0, 1).map(({ remoteId }) => ({ locationId: 'MAIN', remoteId }));
  const body = {
    name: vendor,
    channelType: 'MARKETPLACE',
    provider: vendor,
    ...account,
    settings: { ...account.settings, ...settings },
    ...(locations === undefined ? {} : { locations }),
    ...channel,
  };
  await mustPut(api, path, body);
  const mappings = skus.map((sku, index) => ({ sku, listingId: listingIds[index] ?? '' }));
  for (let from = 0; from < mappings.length; from += MAPPINGS_PER_CALL)
    await mustPut(api, `${path}/mappings`, { mappings: mappings.slice(from, from + MAPPINGS_PER_CALL) });
  return new Map(mappings.map(({ sku, listingId }) => [listingId, sku]));
}

export async function mustPut(api: Api, path: string, body: unknown): Promise<void> {
  const answer = await api.put(path, body);
  if (answer.status >= 300) throw new Error(`PUT ${path} was refused: ${JSON.stringify(answer.body)}`);
}
