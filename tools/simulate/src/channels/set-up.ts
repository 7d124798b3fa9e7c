import { sealedCredentials, type ChannelRef } from '@holdfast/channel-connector';
import { LOW_THRESHOLD, sealer, SKUS, TENANT, type ChannelWorld } from './world.js';
import { callsOf } from './vendors/plain-provider.js';
import { PlainVendor } from './vendors/plain-vendor.js';
import { ShopifyVendor } from './vendors/shopify-vendor.js';
import { WHOLE, type Vendor } from './vendors/vendor.js';

/** `now`: figures are set at once. `later`: they are accepted and set later. `shop`: the product's provider of Shopify. */
const KINDS = ['now', 'later', 'shop'] as const;
export type Kind = (typeof KINDS)[number];

export const LOCATIONS = [
  { locationId: 'BER', remoteId: 'gid://shopify/Location/1' },
  { locationId: 'HAM', remoteId: 'gid://shopify/Location/2' },
] as const;

export const refOf = (channelId: string): ChannelRef => ({ tenant: TENANT, channelId });

export const listingOf = (channelId: string, sku: string): string =>
  channelId === 'shop' ? `gid://shopify/InventoryItem/${String(1 + SKUS.findIndex((one) => one === sku))}` : `l-${sku}`;

/** Two channels of different kinds, each with a listing of every SKU. @returns their ids, which say their kinds */
export function setUp(world: ChannelWorld): readonly Kind[] {
  const { random, channels } = world;
  const left = random.pick(KINDS);
  const kinds = KINDS.filter((kind) => kind !== left);
  const manual = random.chance(0.6) ? random.pick(kinds) : undefined;
  for (const kind of kinds) {
    const locations = kind === 'shop' ? LOCATIONS : [];
    const plain = { shop: kind, exclusive: random.chance(0.5), single: random.chance(0.5) };
    const settings = kind === 'shop' ? { shop: 'shop', baseUrl: 'https://shop' } : plain;
    if (kind !== 'shop') world.auditor.limit(kind, callsOf(plain));
    const credentials = sealedCredentials(sealer, refOf(kind), kind === 'shop' ? { clientId: 'a', clientSecret: 'b' } : {});
    channels.add({
      ...refOf(kind),
      provider: kind === 'shop' ? 'shopify' : 'plain',
      settings,
      credentials,
      locations,
      revision: '1',
      syncInventory: true,
      lowThreshold: LOW_THRESHOLD,
      conflictStrategy: kind === manual ? 'manual' : 'master_wins',
    });
    const vendor = vendorOf(world, kind);
    world.vendors.set(kind, vendor);
    const places = kind === 'shop' ? LOCATIONS.map(({ remoteId }) => remoteId) : [WHOLE];
    for (const sku of SKUS) vendor.list(listingOf(kind, sku), places, random.between(20_000, 30_000));
    channels.map(
      refOf(kind),
      SKUS.map((sku) => ({ sku, listingId: listingOf(kind, sku) })),
    );
  }
  return kinds;
}

function vendorOf({ time, random, auditor }: ChannelWorld, kind: Kind): Vendor {
  if (kind === 'shop') return new ShopifyVendor(kind, time, random.fork());
  return new PlainVendor(kind, time, random.fork(), kind === 'later', (says) => auditor.fault(says));
}
