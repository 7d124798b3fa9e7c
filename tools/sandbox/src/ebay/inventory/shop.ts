import type { SandboxClock } from '../../sandbox-clock.js';
import type { EbayOptions } from '../options.js';
import { MARKETPLACE, UNIT_PRICE } from '../options.js';
import { Revisions } from './revisions.js';

export interface Item {
  readonly sku: string;
  /** Ship-to-home quantity; undefined after a write that left it out. */
  quantity: number | undefined;
  /** Everything else of the record, which a full replace takes away. */
  details: Readonly<Record<string, unknown>>;
}

export interface Offer {
  readonly offerId: string;
  readonly sku: string;
  status: 'PUBLISHED' | 'UNPUBLISHED';
  listingId: string;
  listingStatus: 'ACTIVE' | 'OUT_OF_STOCK' | 'ENDED' | 'EBAY_ENDED';
  availableQuantity: number | undefined;
  sold: number;
  details: Readonly<Record<string, unknown>>;
}

/** Items, offers and live listings of one seller. */
export class Shop {
  readonly items = new Map<string, Item>();
  readonly offers = new Map<string, Offer>();
  private readonly bySku = new Map<string, Offer[]>();
  readonly revisions: Revisions;
  private nextId = 110_000_000_001;

  constructor(
    clock: SandboxClock,
    private readonly atZero: NonNullable<EbayOptions['atZero']>,
    revisionsPerDay: number,
  ) {
    this.revisions = new Revisions(clock, revisionsPerDay);
  }

  add(sku: string, title: string, barcode: string | undefined, quantity: number): Offer {
    const product = { title, ...(barcode === undefined ? {} : { ean: [barcode] }) };
    this.items.set(sku, { sku, quantity, details: { condition: 'NEW', locale: 'en_US', product } });
    const offer: Offer = {
      offerId: this.id(),
      sku,
      status: 'PUBLISHED',
      listingId: this.id(),
      listingStatus: 'ACTIVE',
      availableQuantity: quantity,
      sold: 0,
      details: {
        marketplaceId: MARKETPLACE,
        format: 'FIXED_PRICE',
        listingDescription: title,
        merchantLocationKey: 'default',
        pricingSummary: { price: { currency: 'USD', value: UNIT_PRICE.toFixed(2) } },
      },
    };
    this.offers.set(offer.offerId, offer);
    this.bySku.set(sku, [...this.offersOf(sku), offer]);
    this.settle(sku);
    return offer;
  }

  id(): string {
    return String(this.nextId++);
  }

  offersOf(sku: string): readonly Offer[] {
    return this.bySku.get(sku) ?? [];
  }

  isLive(offer: Offer): boolean {
    return offer.status === 'PUBLISHED' && (offer.listingStatus === 'ACTIVE' || offer.listingStatus === 'OUT_OF_STOCK');
  }

  /** What the listing of an offer would show: the lesser of both quantities. */
  quantityOf(offer: Offer): number {
    const item = this.items.get(offer.sku)?.quantity ?? 0;
    return Math.min(item, offer.availableQuantity ?? item);
  }

  /** What shoppers see of a SKU. */
  shown(sku: string): number {
    return this.offersOf(sku).reduce((most, offer) => Math.max(most, this.isLive(offer) ? this.quantityOf(offer) : 0), 0);
  }

  /** Brings the listings of a SKU to the state that their quantities ask for. */
  settle(sku: string): void {
    for (const offer of this.offersOf(sku)) {
      if (!this.isLive(offer)) continue;
      if (this.quantityOf(offer) > 0) offer.listingStatus = 'ACTIVE';
      else offer.listingStatus = this.atZero === 'hides' ? 'OUT_OF_STOCK' : 'ENDED';
    }
  }

  publish(offer: Offer): void {
    offer.status = 'PUBLISHED';
    offer.listingId = this.id();
    offer.listingStatus = 'ACTIVE';
    offer.sold = 0;
    this.settle(offer.sku);
  }

  refusesZero(): boolean {
    return this.atZero === 'refuses';
  }

  canShowZero(): boolean {
    return this.atZero === 'hides';
  }

  /** A sale, or its reverse with a negative quantity. */
  take(sku: string, quantity: number): void {
    const item = this.items.get(sku);
    if (item === undefined) throw new Error(`eBay knows no item ${sku}`);
    const offer = this.offersOf(sku).find((one) => this.isLive(one)) ?? this.offersOf(sku)[0];
    item.quantity = (item.quantity ?? 0) - quantity;
    if (offer !== undefined) {
      if (offer.availableQuantity !== undefined) offer.availableQuantity -= quantity;
      offer.sold += quantity;
    }
    this.settle(sku);
  }
}
