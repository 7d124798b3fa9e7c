import {
  jsonOf,
  startAmazonSimulator,
  startEbaySimulator,
  startShopifySimulator,
  startWalmartSimulator,
  startZalandoSimulator,
  type SimulatorOptions,
  type Vendor,
  type VendorCall,
  type VendorSimulator,
} from '@holdfast/sandbox';
import type { Api } from '@holdfast/testing';

/** A figure that a call sets. */
export interface SetFigure {
  readonly listingId: string;
  readonly quantity: number;
}

/** A kind of simulated vendor, and how figures are read out of the calls that it gets. Feeds are left out. */
export interface VendorUnderLoad {
  readonly vendor: Vendor;
  readonly start: (options: SimulatorOptions) => Promise<VendorSimulator>;
  readonly figures: (operation: string, call: VendorCall) => readonly SetFigure[];
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const set = (listingId: unknown, quantity: unknown): SetFigure => ({ listingId: String(listingId), quantity: Number(quantity) });
const bodyOf = (call: VendorCall): Fields => fields(jsonOf(call));

/** One location each, so that a figure is one quantity. */
export const VENDORS_UNDER_LOAD: readonly VendorUnderLoad[] = [
  {
    vendor: 'shopify',
    start: (options) => startShopifySimulator({ ...options, locations: ['MAIN'] }),
    figures: (operation, call) =>
      operation === 'inventorySetQuantities'
        ? list(fields(fields(bodyOf(call)['variables'])['input'])['quantities']).map((one) => set(one['inventoryItemId'], one['quantity']))
        : [],
  },
  {
    vendor: 'amazon',
    start: (options) => startAmazonSimulator(options),
    figures: (operation, call) =>
      operation === 'patchListingsItem'
        ? list(bodyOf(call)['patches']).flatMap((patch) => list(patch['value']).map(({ quantity }) => set(call.params['sku'], quantity)))
        : [],
  },
  {
    vendor: 'ebay',
    start: (options) => startEbaySimulator(options),
    figures: (operation, call) =>
      operation === 'bulkUpdatePriceQuantity'
        ? list(bodyOf(call)['requests']).map((one) => set(one['sku'], fields(one['shipToLocationAvailability'])['quantity']))
        : [],
  },
  {
    vendor: 'walmart',
    start: (options) => startWalmartSimulator({ ...options, shipNodes: ['10000001'] }),
    figures: (operation, call) =>
      operation === 'putInventory' ? [set(call.query.get('sku'), fields(bodyOf(call)['quantity'])['amount'])] : [],
  },
  {
    vendor: 'zalando',
    start: (options) => startZalandoSimulator(options),
    figures: (operation, call) =>
      operation === 'stocks' ? list(bodyOf(call)['items']).map((one) => set(one['ean'], one['quantity'])) : [],
  },
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
