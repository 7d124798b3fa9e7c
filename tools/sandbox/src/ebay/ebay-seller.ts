import type { LaterEffects } from '../effects/later-effects.js';
import type { NewListing, OrderLine, RefundLine, ShownListing } from '../simulator.js';
import { isRecord } from '../http/vendor-call.js';
import type { Offer, Shop } from './inventory/shop.js';
import type { Notifier } from './notifications/notifier.js';
import type { OrderList } from './orders/order-list.js';

export interface EbaySellerParts {
  readonly shop: Shop;
  readonly orders: OrderList;
  readonly notifier: Notifier;
  readonly later: LaterEffects;
  readonly cancelRestores: boolean;
}

/** What people do at eBay: the seller on its pages, and shoppers. */
export class EbaySeller {
  constructor(private readonly parts: EbaySellerParts) {}

  addListings(listings: readonly NewListing[]): readonly string[] {
    return listings.map(({ sku, barcode, title, quantity }) => this.parts.shop.add(sku, title ?? sku, barcode, quantity ?? 0).sku);
  }

  listings(): readonly ShownListing[] {
    const { shop, later } = this.parts;
    later.settle();
    return [...shop.items.keys()].sort().map((sku) => ({
      listingId: sku,
      sku,
      ...this.productOf(sku),
      remoteId: null,
      quantity: shop.shown(sku),
    }));
  }

  /** A revision like any other: it counts against the listing's day. */
  edit(sku: string, quantity: number): void {
    const { shop, later } = this.parts;
    later.settle();
    const item = shop.items.get(sku);
    if (item === undefined) throw new Error(`eBay knows no item ${sku}`);
    const offer = this.offerOf(sku);
    shop.revisions.note(offer.listingId);
    item.quantity = quantity;
    offer.availableQuantity = quantity;
    shop.settle(sku);
  }

  sell(lines: readonly OrderLine[]): string {
    const { shop, orders, notifier, later } = this.parts;
    later.settle();
    for (const { listingId, quantity } of lines)
      if (shop.shown(listingId) < quantity)
        throw new Error(`eBay shows ${String(shop.shown(listingId))} of ${listingId}, not ${String(quantity)}`);
    const order = orders.place(
      lines.map((line) => ({ ...line, title: this.productOf(line.listingId).title, legacyItemId: this.offerOf(line.listingId).listingId })),
    );
    for (const { listingId, quantity } of lines) shop.take(listingId, quantity);
    for (const { lineItemId, legacyItemId } of order.lines)
      notifier.send('ORDER_CONFIRMATION', { orderId: order.orderId, lineItemId, itemId: legacyItemId });
    return order.orderId;
  }

  cancel(orderId: string): void {
    const { shop, orders, cancelRestores } = this.parts;
    if (orders.of(orderId).cancelledAt !== undefined) throw new Error(`order ${orderId} is cancelled already`);
    const { lines } = orders.cancel(orderId);
    if (cancelRestores) for (const { sku, quantity } of lines) shop.take(sku, -quantity);
  }

  /** Money back. Whether units came back too, eBay's order does not tell, and its listing does not change. */
  refund(orderId: string, lines: readonly RefundLine[]): void {
    this.parts.orders.refund(orderId, lines);
  }

  end(sku: string): void {
    this.offerOf(sku).listingStatus = 'ENDED';
  }

  unpublish(sku: string): void {
    this.offerOf(sku).status = 'UNPUBLISHED';
  }

  private offerOf(sku: string): Offer {
    const offer = this.parts.shop.offersOf(sku)[0];
    if (offer === undefined) throw new Error(`eBay has no offer of ${sku}`);
    return offer;
  }

  private productOf(sku: string): { readonly title: string; readonly barcode: string | null } {
    const product = this.parts.shop.items.get(sku)?.details['product'];
    const ean = isRecord(product) && Array.isArray(product['ean']) ? (product['ean'] as readonly unknown[])[0] : undefined;
    const title = isRecord(product) ? product['title'] : undefined;
    return { title: typeof title === 'string' ? title : sku, barcode: typeof ean === 'string' ? ean : null };
  }
}
