import type { SandboxClock } from '../../sandbox-clock.js';
import type { OrderLine } from '../../simulator.js';

export interface PurchaseLine {
  readonly lineNumber: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly shipNode: string;
  /** How often the node's figure was set before the order. */
  readonly writes: number;
}

export interface PurchaseOrder {
  readonly purchaseOrderId: string;
  readonly customerOrderId: string;
  readonly shipNode: string;
  readonly createdAt: number;
  modifiedAt: number;
  status: 'Created' | 'Cancelled';
  readonly lines: readonly PurchaseLine[];
}

export interface ReturnOrder {
  readonly returnOrderId: string;
  readonly order: PurchaseOrder;
  readonly modifiedAt: number;
  readonly lines: readonly { readonly line: PurchaseLine; readonly quantity: number; readonly comesBack: boolean }[];
}

/** Purchase orders and returns. Lines of different ship nodes are different purchase orders of one customer order. */
export class PurchaseOrders {
  private readonly orders = new Map<string, PurchaseOrder>();
  private readonly returns: ReturnOrder[] = [];
  private next = 1;

  constructor(private readonly clock: SandboxClock) {}

  place(customerOrderId: string, shipNode: string, lines: readonly Omit<PurchaseLine, 'lineNumber'>[]): PurchaseOrder {
    const now = this.clock.now();
    const order: PurchaseOrder = {
      purchaseOrderId: `18${String(this.next++).padStart(11, '0')}`,
      customerOrderId,
      shipNode,
      createdAt: now,
      modifiedAt: now,
      status: 'Created',
      lines: lines.map((line, index) => ({ ...line, lineNumber: String(index + 1) })),
    };
    this.orders.set(order.purchaseOrderId, order);
    return order;
  }

  newCustomerOrder(): string {
    return `20${String(this.next++).padStart(13, '0')}`;
  }

  find(purchaseOrderId: string): PurchaseOrder | undefined {
    return this.orders.get(purchaseOrderId);
  }

  of(purchaseOrderId: string): PurchaseOrder {
    const order = this.orders.get(purchaseOrderId);
    if (order === undefined) throw new Error(`Walmart knows no order ${purchaseOrderId}`);
    return order;
  }

  cancel(purchaseOrderId: string): PurchaseOrder {
    const order = this.of(purchaseOrderId);
    if (order.status === 'Cancelled') throw new Error(`order ${purchaseOrderId} is cancelled already`);
    order.status = 'Cancelled';
    order.modifiedAt = this.clock.now();
    return order;
  }

  giveBack(purchaseOrderId: string, lines: readonly (OrderLine & { readonly restock: boolean })[]): ReturnOrder {
    const order = this.of(purchaseOrderId);
    const returned: ReturnOrder = {
      returnOrderId: `10${String(this.next++).padStart(16, '0')}`,
      order,
      modifiedAt: this.clock.now(),
      lines: lines.map(({ listingId, quantity, restock }) => {
        const line = order.lines.find(({ sku }) => sku === listingId);
        if (line === undefined) throw new Error(`order ${purchaseOrderId} has no line of ${listingId}`);
        return { line, quantity, comesBack: restock };
      }),
    };
    order.modifiedAt = returned.modifiedAt;
    this.returns.push(returned);
    return returned;
  }

  all(): readonly PurchaseOrder[] {
    return [...this.orders.values()];
  }

  allReturns(): readonly ReturnOrder[] {
    return this.returns;
  }
}
