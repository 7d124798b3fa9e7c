import type { OrderLine } from '../../simulator.js';
import type { AmazonIds } from '../ids.js';
import { shownQuantity, type AmazonListing } from './listing.js';
import type { AmazonShop } from './shop.js';

export interface AmazonOrderItem {
  readonly id: string;
  readonly listing: AmazonListing;
  readonly ordered: number;
}

export interface AmazonOrder {
  readonly id: string;
  readonly items: readonly AmazonOrderItem[];
  readonly createdAt: number;
  updatedAt: number;
  status: 'UNSHIPPED' | 'CANCELLED';
}

export const isFba = ({ items }: AmazonOrder): boolean => items.some(({ listing }) => listing.fba !== null);

/** Orders of shoppers, oldest first. */
export class AmazonOrders {
  private readonly byId = new Map<string, AmazonOrder>();

  constructor(
    private readonly shop: AmazonShop,
    private readonly ids: AmazonIds,
    private readonly changed: (order: AmazonOrder, at: number) => void,
  ) {}

  all(): readonly AmazonOrder[] {
    return [...this.byId.values()];
  }

  find(orderId: string): AmazonOrder | undefined {
    return this.byId.get(orderId);
  }

  /** A shopper buys: the figures fall, never below 0, and the order is told of. */
  sell(lines: readonly OrderLine[], at: number): string {
    const items = lines.map(({ listingId, quantity }) => ({
      id: this.ids.digits(14),
      listing: this.shop.named(listingId),
      ordered: quantity,
    }));
    const order: AmazonOrder = { id: this.ids.order(), items, createdAt: at, updatedAt: at, status: 'UNSHIPPED' };
    this.byId.set(order.id, order);
    for (const { listing, ordered } of items) this.shop.setQuantity(listing, Math.max(0, shownQuantity(listing) - ordered), at);
    this.changed(order, at);
    return order.id;
  }

  /** The order ends before it was shipped. @param restock the vendor raises its figures by what the order held */
  cancel(orderId: string, restock: boolean, at: number): void {
    const order = this.named(orderId);
    if (order.status === 'CANCELLED') return;
    order.status = 'CANCELLED';
    order.updatedAt = at;
    if (restock) for (const { listing, ordered } of order.items) this.shop.setQuantity(listing, shownQuantity(listing) + ordered, at);
    this.changed(order, at);
  }

  /** @throws where there is no such order */
  named(orderId: string): AmazonOrder {
    const order = this.byId.get(orderId);
    if (order === undefined) throw new Error(`the simulated Amazon has no order ${orderId}`);
    return order;
  }
}
