import type { LeapingTime } from '../leaping-time.js';
import { smallProvider } from './small-provider.js';
import { SETS, startSmallShop } from './small-shop.js';
import type { VendorRig, VendorUnderTest } from '../contract/rig.js';

const KEY = 'key-of-the-shop';

/** The provider that the guide to writing a channel shows. */
export const smallRig: VendorRig = {
  provider: smallProvider,
  writes: SETS,
  batch: 20,
  // It names no time: a second.
  throttle: { fault: { kind: 'throttle' }, pauseMs: 1_000 },
  checks: ['reachable'],
  lacks: {
    tokens: 'its key does not expire',
    reading: 'it lists its stock, and the provider leaves reading out',
    telling: 'it sends nothing',
    orders: 'it sends nothing',
    sequence: 'it neither numbers figures nor is read',
  },
  start: async (time: LeapingTime): Promise<VendorUnderTest> => {
    const shop = await startSmallShop(KEY, time);
    return {
      account: { settings: { baseUrl: shop.url }, credentials: { key: KEY } },
      faults: shop.faults,
      log: shop.log,
      addListings: (skus) =>
        skus.map((sku) => {
          shop.add(`no/${sku}`, sku);
          return `no/${sku}`;
        }),
      shown: (listingId) => shop.shown.get(listingId),
      edit: (listingId, quantity) => void shop.shown.set(listingId, quantity),
      sell: () => {
        throw new Error('this shop tells of no orders');
      },
      cancel: () => undefined,
      sendHooksTo: () => undefined,
      hooksSent: () => Promise.resolve(),
      close: () => shop.close(),
    };
  },
};
