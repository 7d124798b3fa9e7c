import type { SandboxClock } from '../../sandbox-clock.js';
import type { OrderLine } from '../../simulator.js';
import { MARKETPLACE, UNIT_PRICE } from '../options.js';

interface Refund {
  readonly refundId: string;
  readonly refundDate: string;
  readonly amount: Amount;
}

interface Amount {
  readonly value: string;
  readonly currency: string;
}

interface Line {
  readonly lineItemId: string;
  readonly legacyItemId: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  refunds: readonly Refund[];
}

export interface EbayOrder {
  readonly orderId: string;
  readonly createdAt: number;
  modifiedAt: number;
  cancelledAt: number | undefined;
  readonly lines: readonly Line[];
}

const money = (units: number): Amount => ({ value: (units * UNIT_PRICE).toFixed(2), currency: 'USD' });

/** The seller's orders. A refund is money without units: that is all that eBay's order tells. */
export class OrderList {
  private readonly orders = new Map<string, EbayOrder>();
  private next = 1;

  constructor(private readonly clock: SandboxClock) {}

  place(lines: readonly (OrderLine & { readonly title: string; readonly legacyItemId: string })[]): EbayOrder {
    const number = String(this.next++).padStart(5, '0');
    const now = this.clock.now();
    const order: EbayOrder = {
      orderId: `18-${number}-${number}`,
      createdAt: now,
      modifiedAt: now,
      cancelledAt: undefined,
      lines: lines.map(({ listingId, quantity, title, legacyItemId }, index) => ({
        lineItemId: `10${number}${String(index + 1).padStart(3, '0')}`,
        legacyItemId,
        sku: listingId,
        title,
        quantity,
        refunds: [],
      })),
    };
    this.orders.set(order.orderId, order);
    return order;
  }

  of(orderId: string): EbayOrder {
    const order = this.orders.get(orderId);
    if (order === undefined) throw new Error(`eBay knows no order ${orderId}`);
    return order;
  }

  cancel(orderId: string): EbayOrder {
    const order = this.of(orderId);
    order.cancelledAt = order.modifiedAt = this.clock.now();
    return order;
  }

  refund(orderId: string, lines: readonly OrderLine[]): EbayOrder {
    const order = this.of(orderId);
    order.modifiedAt = this.clock.now();
    for (const { listingId, quantity } of lines) {
      const line = order.lines.find(({ sku }) => sku === listingId);
      if (line === undefined) throw new Error(`order ${orderId} has no line of ${listingId}`);
      const refundId = String(5_000_000_000 + this.next++);
      line.refunds = [...line.refunds, { refundId, refundDate: new Date(order.modifiedAt).toISOString(), amount: money(quantity) }];
    }
    return order;
  }

  find(orderId: string): EbayOrder | undefined {
    return this.orders.get(orderId);
  }

  all(): readonly EbayOrder[] {
    return [...this.orders.values()];
  }
}

/** An order as `getOrders` of the Fulfillment API shows it, without buyer and delivery. */
export function shownOrder(order: EbayOrder): Readonly<Record<string, unknown>> {
  const sold = order.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const refunds = order.lines.flatMap((line) => line.refunds);
  const returned = refunds.reduce((sum, { amount }) => sum + Number(amount.value), 0);
  const full = order.cancelledAt !== undefined || returned >= sold * UNIT_PRICE;
  const requests = order.cancelledAt === undefined ? [] : [{ cancelRequestId: `5${order.orderId}`, cancelRequestState: 'COMPLETED' }];
  return {
    orderId: order.orderId,
    legacyOrderId: order.orderId,
    creationDate: new Date(order.createdAt).toISOString(),
    lastModifiedDate: new Date(order.modifiedAt).toISOString(),
    orderFulfillmentStatus: 'NOT_STARTED',
    orderPaymentStatus: full ? 'FULLY_REFUNDED' : refunds.length > 0 ? 'PARTIALLY_REFUNDED' : 'PAID',
    cancelStatus: { cancelState: requests.length === 0 ? 'NONE_REQUESTED' : 'CANCELED', cancelRequests: requests },
    pricingSummary: { total: money(sold) },
    paymentSummary: { refunds: refunds.map((refund) => ({ ...refund, refundStatus: 'REFUNDED' })) },
    lineItems: order.lines.map(({ refunds: lineRefunds, ...line }) => ({
      ...line,
      listingMarketplaceId: MARKETPLACE,
      lineItemCost: money(line.quantity),
      lineItemFulfillmentStatus: 'NOT_STARTED',
      refunds: lineRefunds,
    })),
  };
}
