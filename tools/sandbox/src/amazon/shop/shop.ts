import type { NewListing } from '../../simulator.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonIds } from '../ids.js';
import { AVAILABILITY, OWN_STOCK, ownQuantity, type AmazonListing } from './listing.js';
import { patched, type Patch } from './patching.js';

export interface NewFbaListing extends NewListing {
  /** Channel code of Amazon's warehouses. Default AMAZON_EU. */
  readonly channelCode?: string;
}

/** Told when a figure of the shop changed. */
export interface ShopWatcher {
  quantityChanged(listing: AmazonListing, quantity: number, at: number): void;
  fbaChanged(listing: AmazonListing, at: number): void;
}

/** The merchant's listings as Amazon shows them. */
export class AmazonShop {
  private readonly bySku = new Map<string, AmazonListing>();

  constructor(
    private readonly marketplaceId: string,
    private readonly clock: SandboxClock,
    private readonly ids: AmazonIds,
    private readonly watcher: ShopWatcher,
  ) {}

  add(wanted: NewListing): string {
    const marketplace_id = this.marketplaceId;
    const availability = {
      fulfillment_channel_code: OWN_STOCK,
      quantity: wanted.quantity ?? 0,
      lead_time_to_ship_max_days: 2,
      marketplace_id,
    };
    return this.put(wanted, availability, null);
  }

  addFba(wanted: NewFbaListing): string {
    const channelCode = wanted.channelCode ?? 'AMAZON_EU';
    const availability = { fulfillment_channel_code: channelCode, marketplace_id: this.marketplaceId };
    const fnSku = `X0${this.ids.asin().slice(2)}`;
    return this.put(wanted, availability, { fnSku, channelCode, fulfillable: wanted.quantity ?? 0, pendingOrders: 0 });
  }

  find(sku: string): AmazonListing | undefined {
    return this.bySku.get(sku);
  }

  /** The listing, for those who act on the shop by hand. @throws where there is none */
  named(sku: string): AmazonListing {
    const listing = this.bySku.get(sku);
    if (listing === undefined) throw new Error(`the simulated Amazon has no listing ${sku}`);
    return listing;
  }

  all(): readonly AmazonListing[] {
    return [...this.bySku.values()];
  }

  patch(listing: AmazonListing, patches: readonly Patch[], at: number): void {
    const before = ownQuantity(listing);
    listing.attributes = patched(listing.attributes, patches);
    listing.updatedAt = at;
    const after = ownQuantity(listing);
    if (after !== before) this.watcher.quantityChanged(listing, after, at);
  }

  /** Sets what a shopper can buy, wherever the stock lies. */
  setQuantity(listing: AmazonListing, quantity: number, at: number): void {
    if (listing.fba === null)
      return this.patch(
        listing,
        [{ op: 'merge', attribute: AVAILABILITY, value: [{ fulfillment_channel_code: OWN_STOCK, quantity }] }],
        at,
      );
    if (listing.fba.fulfillable === quantity) return;
    listing.fba.fulfillable = quantity;
    listing.updatedAt = at;
    this.watcher.fbaChanged(listing, at);
  }

  private put(wanted: NewListing, availability: Readonly<Record<string, unknown>>, fba: AmazonListing['fba']): string {
    if (this.bySku.has(wanted.sku)) throw new Error(`the simulated Amazon has a listing ${wanted.sku} already`);
    const title = wanted.title ?? wanted.sku;
    const marketplace_id = this.marketplaceId;
    // Two listings are never made in the same millisecond, so that a search by the time of making can be continued.
    const createdAt = this.clock.now() + this.bySku.size;
    this.bySku.set(wanted.sku, {
      sku: wanted.sku,
      asin: this.ids.asin(),
      ean: wanted.barcode ?? null,
      title,
      productType: 'SHIRT',
      createdAt,
      updatedAt: createdAt,
      attributes: {
        item_name: [{ value: title, language_tag: 'en_GB', marketplace_id }],
        condition_type: [{ value: 'new_new', marketplace_id }],
        [AVAILABILITY]: [availability],
        ...(wanted.barcode === undefined
          ? {}
          : { externally_assigned_product_identifier: [{ type: 'ean', value: wanted.barcode, marketplace_id }] }),
      },
      fba,
    });
    return wanted.sku;
  }
}
