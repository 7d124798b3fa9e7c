import type { OrderLine, RefundLine } from '../../simulator.js';
import { gid } from './gid.js';
import type { Inventory, Item, Level, ShopLocation } from './inventory.js';

export interface OrderItem {
  readonly id: string;
  readonly item: Item;
  readonly location: ShopLocation;
  readonly quantity: number;
  /** What is left after refunds and cancelling. */
  current: number;
}

export type RestockType = 'cancel' | 'return' | 'no_restock';

export interface RefundItem {
  readonly id: string;
  readonly line: OrderItem;
  readonly quantity: number;
  readonly restockType: RestockType;
}

export interface Refund {
  readonly id: string;
  readonly at: number;
  readonly order: Order;
  readonly items: readonly RefundItem[];
}

export interface Order {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  updatedAt: number;
  cancelledAt: number | null;
  readonly lines: readonly OrderItem[];
  readonly refunds: Refund[];
}

export type OrderEvent =
  | { readonly kind: 'placed'; readonly order: Order }
  | { readonly kind: 'cancelled'; readonly order: Order }
  | { readonly kind: 'refunded'; readonly refund: Refund };

const FIRST_ORDER = 5_001;
const FIRST_REFUND = 8_001;

/** Orders of one shop. They move units between the figures of the inventory as the vendor does. */
export class Orders {
  private readonly byId = new Map<string, Order>();
  private readonly byRefund = new Map<string, Refund>();
  private lines = 0;
  private refunds = 0;

  constructor(
    private readonly inventory: Inventory,
    private readonly now: () => number,
    private readonly happened: (event: OrderEvent) => void,
  ) {}

  get all(): readonly Order[] {
    return [...this.byId.values()];
  }

  get(id: string): Order | undefined {
    return this.byId.get(id);
  }

  refundOf(id: string): Refund | undefined {
    return this.byRefund.get(id);
  }

  /** Units leave what is available and are committed. More than there is may be sold: the figure then is negative. */
  place(lines: readonly OrderLine[]): Order {
    const number = FIRST_ORDER + this.byId.size;
    const at = this.now();
    const order: Order = {
      id: gid('Order', number),
      name: `#${String(number - FIRST_ORDER + 1001)}`,
      createdAt: at,
      updatedAt: at,
      cancelledAt: null,
      lines: lines.map((line) => this.take(line)),
      refunds: [],
    };
    this.byId.set(order.id, order);
    this.happened({ kind: 'placed', order });
    return order;
  }

  /** Cancels with restock. What was not refunded before comes back in a refund of its own, as the vendor does it. */
  cancel(orderId: string): void {
    const order = this.known(orderId);
    if (order.cancelledAt !== null) return;
    order.cancelledAt = this.now();
    const left = order.lines.filter(({ current }) => current > 0);
    const refund =
      left.length === 0
        ? undefined
        : this.giveBack(
            order,
            left.map((line) => [line, line.current, 'cancel'] as const),
          );
    this.happened({ kind: 'cancelled', order });
    if (refund !== undefined) this.happened({ kind: 'refunded', refund });
  }

  refund(orderId: string, lines: readonly RefundLine[]): void {
    const order = this.known(orderId);
    const parts = lines.map(({ listingId, quantity, remoteId, restock }) => {
      const line = order.lines.find(({ item, location }) => item.id === listingId && (remoteId ?? location.id) === location.id);
      if (line === undefined) throw new Error(`order ${orderId} has no line of ${listingId}`);
      if (quantity > line.current) throw new Error(`order ${orderId} has ${String(line.current)} of ${listingId} left to refund`);
      return [line, quantity, restock ? 'return' : 'no_restock'] as const;
    });
    this.happened({ kind: 'refunded', refund: this.giveBack(order, parts) });
  }

  private giveBack(order: Order, parts: readonly (readonly [OrderItem, number, RestockType])[]): Refund {
    const at = this.now();
    const number = FIRST_REFUND + this.refunds++;
    const refund: Refund = {
      id: gid('Refund', number),
      at,
      order,
      items: parts.map(([line, quantity, restockType], index) => ({
        id: gid('RefundLineItem', number * 100 + index),
        line,
        quantity,
        restockType,
      })),
    };
    order.refunds.push(refund);
    this.byRefund.set(refund.id, refund);
    order.updatedAt = at;
    for (const { line, quantity, restockType } of refund.items) {
      line.current -= quantity;
      const level = this.inventory.level(line.item.id, line.location.id);
      if (level === undefined || !line.item.tracked) continue;
      level.committed -= quantity;
      if (restockType !== 'no_restock') this.inventory.setAvailable(level, level.available + quantity);
    }
    return refund;
  }

  private take({ listingId, quantity, remoteId }: OrderLine): OrderItem {
    const item = this.inventory.item(listingId);
    const level = item === undefined ? undefined : this.levelFor(item, quantity, remoteId);
    if (item === undefined || level === undefined)
      throw new Error(`${listingId} is not stocked${remoteId === undefined ? '' : ` at ${remoteId}`}`);
    if (item.tracked) {
      level.committed += quantity;
      this.inventory.setAvailable(level, level.available - quantity);
    }
    return { id: gid('LineItem', FIRST_ORDER * 10 + this.lines++), item, location: level.location, quantity, current: quantity };
  }

  private levelFor(item: Item, quantity: number, remoteId: string | undefined): Level | undefined {
    if (remoteId !== undefined) return this.inventory.level(item.id, remoteId);
    const levels = this.inventory.levelsOf(item.id);
    return levels.find(({ available }) => available >= quantity) ?? levels[0];
  }

  private known(orderId: string): Order {
    const order = this.byId.get(orderId);
    if (order === undefined) throw new Error(`there is no order ${orderId}`);
    return order;
  }
}
