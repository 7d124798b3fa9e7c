import {
  startAmazonSimulator,
  startEbaySimulator,
  startShopifySimulator,
  startWalmartSimulator,
  startZalandoSimulator,
  type AmazonSimulator,
  type EbaySimulator,
  type ShopifySimulator,
  type VendorSimulator,
  type WalmartSimulator,
  type ZalandoSimulator,
} from '@holdfast/sandbox';
import { amazonProvider } from '../../src/providers/amazon/provider.js';
import { ebayProvider } from '../../src/providers/ebay/provider.js';
import { shopifyProvider } from '../../src/providers/shopify/provider.js';
import { walmartProvider } from '../../src/providers/walmart/provider.js';
import { zalandoProvider } from '../../src/providers/zalando/provider.js';
import type { CheckName } from '../../src/providers/read.js';
import type { LeapingTime } from '../leaping-time.js';
import type { VendorRig, VendorUnderTest } from './rig.js';

const CHECKS: readonly CheckName[] = ['reachable', 'token', 'scopes', 'locations'];

/** A simulator of the sandbox as the contract suite sees it. */
export interface SandboxVendor<Simulator extends VendorSimulator> extends VendorUnderTest {
  readonly simulator: Simulator;
}

interface SandboxRig<Simulator extends VendorSimulator> extends VendorRig {
  start(time: LeapingTime): Promise<SandboxVendor<Simulator>>;
}

function vendorOf<Simulator extends VendorSimulator>(simulator: Simulator): SandboxVendor<Simulator> {
  const { account, faults, log } = simulator;
  // The first place stands for all.
  const locations = account.locations?.slice(0, 1);
  const places = locations?.map(({ remoteId }) => remoteId);
  return {
    simulator,
    account: locations === undefined ? account : { ...account, locations },
    faults,
    log,
    addListings: (skus) => simulator.addListings(skus.map((sku) => ({ sku, quantity: 1 }))),
    shown: (listingId) => {
      const figures = simulator
        .listings()
        .filter((one) => one.listingId === listingId && (one.remoteId === null || (places?.includes(one.remoteId) ?? true)))
        .map(({ quantity }) => quantity);
      return new Set(figures).size === 1 ? figures[0] : undefined;
    },
    edit: (listingId, quantity) => simulator.edit(listingId, quantity, places?.[0]),
    sell: (listingId, quantity) => {
      const [remoteId] = places ?? [];
      return simulator.sell([{ listingId, quantity, ...(remoteId === undefined ? {} : { remoteId }) }]);
    },
    cancel: (orderId) => simulator.cancel(orderId),
    sendHooksTo: (url) => simulator.sendHooksTo({ url, fate: () => 'double' }),
    hooksSent: () => simulator.hooksSent(),
    close: () => simulator.close(),
  };
}

export const shopifyRig: SandboxRig<ShopifySimulator> = {
  provider: shopifyProvider,
  writes: 'inventorySetQuantities',
  batch: 100,
  throttle: { fault: { kind: 'throttle', retryAfterMs: 3_000 }, pauseMs: 3_000 },
  checks: CHECKS,
  lacks: {},
  start: async (time) => vendorOf(await startShopifySimulator({ clock: time })),
};

export const amazonRig: SandboxRig<AmazonSimulator> = {
  provider: amazonProvider,
  document: ['amazon-sp-api', 'listingsItems_2021-08-01.json'],
  writes: 'patchListingsItem',
  batch: 10,
  // Amazon names no time: the rate is five calls a second.
  throttle: { fault: { kind: 'throttle' }, pauseMs: 200 },
  checks: CHECKS,
  lacks: {},
  start: async (time) => vendorOf(await startAmazonSimulator({ clock: time, applyMs: 0, feeds: { queuedMs: 500, workMs: 500 } })),
};

export const ebayRig: SandboxRig<EbaySimulator> = {
  provider: ebayProvider,
  document: ['ebay', 'sell_inventory_v1_oas3.json'],
  writes: 'bulkUpdatePriceQuantity',
  batch: 100,
  throttle: { fault: { kind: 'throttle', retryAfterMs: 30_000 }, pauseMs: 30_000 },
  checks: CHECKS,
  lacks: { telling: 'eBay notifies of orders alone; what a listing shows is read' },
  start: async (time) => vendorOf(await startEbaySimulator({ clock: time })),
};

export const walmartRig: SandboxRig<WalmartSimulator> = {
  provider: walmartProvider,
  document: ['walmart', 'us-mp-inventory-2026.openapi.yml'],
  writes: 'putInventory',
  batch: 20,
  throttle: { fault: { kind: 'throttle', retryAfterMs: 45_000 }, pauseMs: 45_000 },
  checks: CHECKS,
  lacks: {},
  start: async (time) => vendorOf(await startWalmartSimulator({ clock: time, shipNodes: ['10000001'], feedQueueMs: 10, feedRunMs: 10 })),
};

export const zalandoRig: SandboxRig<ZalandoSimulator> = {
  provider: zalandoProvider,
  document: ['zalando', 'zalando-stocks-openapi.yml'],
  writes: 'stocks',
  batch: 50,
  throttle: { fault: { kind: 'throttle', retryAfterMs: 7_000 }, pauseMs: 7_000 },
  checks: CHECKS,
  lacks: {
    reading: 'Zalando shows stock in a status report only, whose fields are not published: it is read where a setting says so',
    telling: 'Zalando sends no webhooks, and its orders are polled without figures',
    sequence: 'Zalando neither numbers updates nor shows what it has',
  },
  start: async (time) => vendorOf(await startZalandoSimulator({ clock: time })),
};

/** Zalando's status report has fields that are not confirmed, so a channel reads it only where a setting says so. */
export const zalandoReadingRig: SandboxRig<ZalandoSimulator> = {
  ...zalandoRig,
  lacks: {},
  start: async (time) => vendorOf(await startZalandoSimulator({ clock: time, readBack: true, reportLagMs: 0 })),
};
