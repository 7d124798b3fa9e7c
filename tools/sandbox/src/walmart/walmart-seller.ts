import type { SandboxClock } from '../sandbox-clock.js';
import type { NewListing, OrderLine, RefundLine, ShownListing } from '../simulator.js';
import { sellable, type SkuStock, type WalmartStock } from './inventory/stock.js';
import { PARTNER_ID } from './options.js';
import type { PurchaseOrder, PurchaseOrders } from './orders/purchase-orders.js';
import { eventOrder } from './orders/shown-order.js';
import type { WalmartNotifier } from './webhooks/notifier.js';

export interface WalmartSellerParts {
  readonly stock: WalmartStock;
  readonly orders: PurchaseOrders;
  readonly notifier: WalmartNotifier;
  readonly clock: SandboxClock;
}

/** What people do at Walmart: the seller in Seller Center, and shoppers. */
export class WalmartSeller {
  constructor(private readonly parts: WalmartSellerParts) {}

  addListings(listings: readonly NewListing[]): readonly string[] {
    return listings.map(({ sku, title, barcode, quantity }) => {
      this.parts.stock.add(sku, title ?? sku, barcode ?? null, quantity ?? 0);
      return sku;
    });
  }

  listings(): readonly ShownListing[] {
    const byName = (one: SkuStock, other: SkuStock): number => (one.sku < other.sku ? -1 : 1);
    return [...this.parts.stock.all()]
      .sort(byName)
      .flatMap(({ sku, title, barcode, nodes }) =>
        [...nodes]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([remoteId, node]) => ({ listingId: sku, sku, barcode, title, remoteId, quantity: sellable(node) })),
      );
  }

  edit(sku: string, quantity: number, remoteId?: string): void {
    this.parts.stock.set(sku, remoteId ?? this.parts.stock.firstNode, quantity);
  }

  /** One purchase order for each ship node; the id of the first is given back. */
  sell(lines: readonly OrderLine[]): string {
    const { stock, orders } = this.parts;
    const customerOrderId = orders.newCustomerOrder();
    const nodeOf = ({ remoteId }: OrderLine): string => remoteId ?? stock.firstNode;
    const placed = [...new Set(lines.map(nodeOf))].map((shipNode) =>
      orders.place(
        customerOrderId,
        shipNode,
        lines
          .filter((line) => nodeOf(line) === shipNode)
          .map(({ listingId, quantity }) => ({
            sku: listingId,
            title: stock.of(listingId)?.title ?? listingId,
            quantity,
            shipNode,
            writes: stock.reserve(listingId, shipNode, quantity),
          })),
      ),
    );
    for (const order of placed) this.tell('PO_CREATED', order);
    const [first] = placed;
    if (first === undefined) throw new Error('an order needs lines');
    return first.purchaseOrderId;
  }

  cancel(orderId: string): void {
    const order = this.parts.orders.cancel(orderId);
    for (const { sku, shipNode, quantity, writes } of order.lines) this.parts.stock.release(sku, shipNode, quantity, writes);
    this.tell('PO_LINE_AUTOCANCELLED', order);
  }

  /** A return that is over. Units that came back are the seller's to count: Walmart's figure does not change. */
  refund(orderId: string, lines: readonly RefundLine[]): void {
    this.parts.orders.giveBack(orderId, lines);
  }

  lock(sku: string, ms: number): void {
    const stock = this.parts.stock.of(sku);
    if (stock === undefined) throw new Error(`Walmart knows no ${sku}`);
    stock.lockedUntil = this.parts.clock.now() + ms;
  }

  private tell(subEventType: string, order: PurchaseOrder): void {
    this.parts.notifier.send('ORDER_UPDATES', { partnerId: PARTNER_ID, subEventType, order: eventOrder(order) });
  }
}

/** The event of an item whose last unit is gone. */
export const outOfStockEvent = ({ sku, itemId, title, nodes }: SkuStock): Readonly<Record<string, unknown>> => ({
  partnerId: PARTNER_ID,
  itemId,
  sku,
  productName: title,
  category: 'Home',
  shipNodes: [...nodes].map(([shipNode, node]) => ({ availToSellQty: sellable(node), shipNode, shipNodeName: `Node ${shipNode}` })),
});
