import { randomUUID } from 'node:crypto';
import type { OrderLine, RefundLine } from '../../simulator.js';
import type { Article, Articles } from '../stock/articles.js';

export type LineStatus = 'reserved' | 'shipped' | 'returned' | 'canceled';

/** One unit sold. */
export interface ZalandoLine {
  readonly id: string;
  status: LineStatus;
  modifiedAt: number;
  /** Why it came back, as a code of the returns documentation. */
  reason: { readonly code: string; readonly description: string } | undefined;
}

export interface ZalandoItem {
  readonly id: string;
  readonly article: Article;
  readonly lines: readonly ZalandoLine[];
}

export interface ZalandoOrder {
  readonly id: string;
  readonly number: string;
  readonly salesChannelId: string;
  readonly items: readonly ZalandoItem[];
  readonly createdAt: number;
  modifiedAt: number;
}

const DISLIKE = { code: '1', description: 'DISLIKE' };
const DEFECTIVE = { code: '10', description: 'DEFECTIVE' };

/** Orders of one partner, oldest first. Every line is one unit. */
export class ZalandoOrders {
  private readonly byId = new Map<string, ZalandoOrder>();

  constructor(
    private readonly articles: Articles,
    private readonly salesChannelIds: readonly string[],
    private readonly restocksOnCancel: boolean,
  ) {}

  all(): readonly ZalandoOrder[] {
    return [...this.byId.values()];
  }

  /** A shopper buys at one sales channel: its figures fall, never below 0. */
  sell(lines: readonly OrderLine[], at: number): string {
    const salesChannelId = lines[0]?.remoteId ?? this.salesChannelIds[0] ?? '';
    const items = lines.map(({ listingId, quantity }) => ({
      id: randomUUID(),
      article: this.articles.named(listingId),
      lines: Array.from({ length: quantity }, (): ZalandoLine => ({
        id: randomUUID(),
        status: 'reserved',
        modifiedAt: at,
        reason: undefined,
      })),
    }));
    const number = String(1_040_000_000_000_000 + this.byId.size);
    const order: ZalandoOrder = { id: randomUUID(), number, salesChannelId, items, createdAt: at, modifiedAt: at };
    this.byId.set(order.id, order);
    for (const { article, lines: sold } of items) this.add(order, article, -sold.length, at);
    return order.id;
  }

  /** Every line that is not shipped or returned is cancelled. */
  cancel(orderId: string, at: number): void {
    const order = this.named(orderId);
    for (const { article, lines } of order.items) {
      const open = lines.filter(({ status }) => status === 'reserved');
      for (const line of open) this.move(order, line, 'canceled', at);
      if (this.restocksOnCancel) this.add(order, article, open.length, at);
    }
  }

  /** Units come back. Zalando says so of each and does not change the partner's figures: whether it can be sold again only the partner sees. */
  refund(orderId: string, returned: readonly RefundLine[], at: number): void {
    const order = this.named(orderId);
    for (const { listingId, quantity, restock } of returned) {
      const lines = order.items.filter(({ article }) => article.ean === listingId).flatMap((item) => item.lines);
      for (const line of lines.filter(({ status }) => status === 'reserved' || status === 'shipped').slice(0, quantity)) {
        line.reason = restock ? DISLIKE : DEFECTIVE;
        this.move(order, line, 'returned', at);
      }
    }
  }

  private move(order: ZalandoOrder, line: ZalandoLine, status: LineStatus, at: number): void {
    line.status = status;
    line.modifiedAt = at;
    order.modifiedAt = at;
  }

  private add(order: ZalandoOrder, article: Article, units: number, at: number): void {
    const quantity = Math.max(0, this.articles.quantity(article, order.salesChannelId) + units);
    if (units !== 0) this.articles.set(article, order.salesChannelId, quantity, at);
  }

  private named(orderId: string): ZalandoOrder {
    const order = this.byId.get(orderId);
    if (order === undefined) throw new Error(`the simulated Zalando has no order ${orderId}`);
    return order;
  }
}
