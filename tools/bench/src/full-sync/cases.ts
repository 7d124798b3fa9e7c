import {
  startAmazonSimulator,
  startEbaySimulator,
  startShopifySimulator,
  startWalmartSimulator,
  startZalandoSimulator,
  type SimulatorOptions,
  type VendorSimulator,
} from '@holdfast/sandbox';
import type { Storm, VirtualDeliveryOptions } from './virtual-delivery.js';

/** More than any sync has: every listing goes in a call of its own. */
const NO_FEED = 1_000_000;

/** Nobody reads its queue here, which would keep a message for each change of each listing. */
async function amazonWithoutQueue(options: SimulatorOptions): Promise<VendorSimulator> {
  const simulator = await startAmazonSimulator(options);
  simulator.sendHooksTo({ url: simulator.url, fate: () => 'lose' });
  return simulator;
}

/** A way in which all listings of a channel are told. */
export interface SyncCase extends Pick<VirtualDeliveryOptions, 'start' | 'settings'> {
  readonly vendor: string;
  readonly how: string;
  /** Enough to see the limit at work, and quick. */
  readonly fewListings: number;
  /** The vendor's limit that decides how long it takes; none where there is no rate, or a feed takes all. */
  readonly limit?: { readonly name: string; readonly perSecond: number; readonly burst: number };
}

export const SYNC_CASES: readonly SyncCase[] = [
  {
    vendor: 'shopify',
    how: 'its figures unknown',
    fewListings: 1_000,
    limit: { name: 'points', perSecond: 100, burst: 2_000 },
    start: (options) => startShopifySimulator({ ...options, locations: ['BER'] }),
  },
  {
    vendor: 'amazon',
    how: 'one a call',
    fewListings: 100,
    limit: { name: 'patchListingsItem', perSecond: 5, burst: 5 },
    settings: { feedFrom: NO_FEED },
    start: amazonWithoutQueue,
  },
  { vendor: 'amazon', how: 'as a feed', fewListings: 300, settings: { feedFrom: 250 }, start: amazonWithoutQueue },
  { vendor: 'ebay', how: 'four calls of 25 at once', fewListings: 150, start: startEbaySimulator },
  {
    vendor: 'walmart',
    how: 'one a call',
    fewListings: 100,
    limit: { name: 'put_inventory', perSecond: 200 / 60, burst: 0 },
    settings: { feedFrom: NO_FEED },
    start: (options) => startWalmartSimulator({ ...options, shipNodes: ['10000001'] }),
  },
  {
    vendor: 'walmart',
    how: 'as a feed',
    fewListings: 420,
    start: (options) => startWalmartSimulator({ ...options, shipNodes: ['10000001'] }),
  },
  {
    vendor: 'zalando',
    how: 'fifty a call',
    fewListings: 1_000,
    limit: { name: 'stock_items', perSecond: 2_000 / 60, burst: 0 },
    start: startZalandoSimulator,
  },
];

/** Share of the vendor's limit that a sync used; undefined where no limit decides. */
export const usedOf = ({ limit }: SyncCase, { seconds, spent }: Storm): number | undefined =>
  limit === undefined ? undefined : (spent.get(limit.name) ?? 0) / (limit.burst + limit.perSecond * seconds);

/** Once Shopify's figures are known, a sync is within its bucket and waits for nothing. */
export const fillsLimit = ({ vendor, limit }: SyncCase, when: 'first' | 'again'): boolean =>
  limit !== undefined && !(vendor === 'shopify' && when === 'again');

export const LEAST_USED = 0.9;
export const MOST_REFUSED = 0.01;
