import {
  startAmazonSimulator,
  startEbaySimulator,
  startShopifySimulator,
  startWalmartSimulator,
  startZalandoSimulator,
  type VendorSimulator,
} from '@holdfast/sandbox';
import type { Scenario } from '../scenario.js';
import type { ReplayedChannel, ShownUnits } from './replayed-channel.js';

const LIMITS = 'none';
const STARTS: readonly ((locations: readonly string[]) => Promise<VendorSimulator>)[] = [
  (locations) => startShopifySimulator({ limits: LIMITS, locations }),
  () => startAmazonSimulator({ limits: LIMITS }),
  () => startEbaySimulator({ limits: LIMITS }),
  () => startWalmartSimulator({ limits: LIMITS }),
  () => startZalandoSimulator({ limits: LIMITS }),
];

/** The five simulated vendors, their limits raised, each as a channel of its own. */
export async function openVendorChannels(scenario: Scenario): Promise<readonly ReplayedChannel[]> {
  const locations = scenario.warehouses.map(({ locationId }) => locationId);
  return Promise.all(STARTS.map(async (start) => vendorChannel(await start(locations), scenario, locations)));
}

function vendorChannel(simulator: VendorSimulator, { prefix }: Scenario, locations: readonly string[]): ReplayedChannel {
  const { vendor, account } = simulator;
  const mapped = account.locations?.map(({ remoteId }, index) => ({ locationId: locations[index] ?? '', remoteId }));
  const locationOf = new Map(mapped?.map(({ locationId, remoteId }) => [remoteId, locationId]));
  return {
    name: vendor,
    channelId: `${prefix}${vendor}`,
    body: {
      name: `Replayed ${vendor}`,
      channelType: 'MARKETPLACE',
      provider: vendor,
      syncInventory: true,
      ...account,
      ...(mapped === undefined ? {} : { locations: mapped }),
    },
    list: (skus) => simulator.addListings(skus.map((sku) => ({ sku, quantity: 0 }))),
    shown: () => {
      const bySku = new Map<string, ShownUnits[]>();
      for (const { sku, remoteId, quantity } of simulator.listings()) {
        const shown = bySku.get(sku) ?? [];
        bySku.set(sku, shown);
        shown.push({ locationId: locationOf.get(remoteId ?? '') ?? null, units: quantity });
      }
      return bySku;
    },
    close: () => simulator.close(),
  };
}
