import type { AccountVerdict } from '../../write.js';
import type { AdminApi, Question } from '../api/admin-api.js';

/** An order as queries give it, read whole. */
export interface ChangedOrder {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly cancelledAt: number | null;
  readonly retailLocationId: string | null;
  readonly lines: readonly SoldLine[];
  readonly refunds: readonly { readonly id: string; readonly at: number; readonly lines: readonly RefundedLine[] }[];
}
export interface SoldLine {
  readonly id: string;
  readonly quantity: number;
  readonly itemId: string | null;
}
export interface RefundedLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly restockType: string;
}

/** What the list of changed orders says of each, before it is read whole. */
export type OrderHead = Pick<ChangedOrder, 'id' | 'createdAt' | 'updatedAt' | 'cancelledAt' | 'retailLocationId'>;

export type OrdersPage =
  | { readonly heads: readonly OrderHead[]; readonly orders: readonly ChangedOrder[]; readonly endCursor: string | null }
  | { readonly account: AccountVerdict };

const ORDERS = 25;
/** Lines of the first page: most orders have fewer, and each costs whether it is there or not. */
const FIRST_LINES = 10;
const LINES = 50;
const REFUNDS = 50;
/** Pages of lines of one order, or of one refund, that are read at most. */
const MOST_PAGES = 20;

interface Page<Node> {
  readonly nodes?: readonly Node[];
  readonly pageInfo?: { readonly hasNextPage?: boolean; readonly endCursor?: string | null };
}
interface OrderNode {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly cancelledAt?: string | null;
  readonly retailLocation?: { readonly id?: string } | null;
  readonly refunds?: readonly { readonly id: string }[];
}
interface LineNode {
  readonly id: string;
  readonly quantity: number;
  readonly variant?: { readonly inventoryItem?: { readonly id?: string } } | null;
}
interface RefundLineNode {
  readonly quantity: number;
  readonly restockType: string;
  readonly lineItem: { readonly id: string };
}

class Refused extends Error {
  constructor(readonly account: AccountVerdict) {
    super(account.kind);
  }
}

/** Orders that changed since a time, in the order of their changes, with all lines and refunds. Small queries, since each page costs its size. */
export class ChangedOrders {
  constructor(private readonly api: AdminApi) {}

  /** @param isNew whether an order is to be read whole */
  async page(since: number, after: string | null, isNew: (head: OrderHead) => boolean): Promise<OrdersPage> {
    try {
      const { orders } = await this.ask<{ readonly orders: Page<OrderNode> }>({
        kind: 'ChangedOrders',
        query: `query ChangedOrders($query: String!, $after: String) { orders(first: ${String(ORDERS)}, after: $after, query: $query, sortKey: UPDATED_AT) {
          nodes { id createdAt updatedAt cancelledAt retailLocation { id } refunds(first: 1) { id } } pageInfo { hasNextPage endCursor } } }`,
        variables: { query: `updated_at:>='${new Date(since).toISOString()}'`, after },
        points: 2 + ORDERS * 3,
      });
      const heads: OrderHead[] = [];
      const found: ChangedOrder[] = [];
      for (const node of orders?.nodes ?? []) {
        const head = headOf(node);
        heads.push(head);
        if (isNew(head)) found.push(await this.whole(head, (node.refunds ?? []).length > 0));
      }
      return { heads, orders: found, endCursor: orders?.pageInfo?.hasNextPage === true ? (orders.pageInfo.endCursor ?? null) : null };
    } catch (error) {
      if (error instanceof Refused) return { account: error.account };
      throw error;
    }
  }

  private async whole(head: OrderHead, hasRefunds: boolean): Promise<ChangedOrder> {
    const lines = await this.all<LineNode>(head.id, 'Order', 'lineItems', 'id quantity variant { inventoryItem { id } }', 3);
    return {
      ...head,
      lines: lines.map(({ id, quantity, variant }) => ({ id, quantity, itemId: variant?.inventoryItem?.id ?? null })),
      refunds: hasRefunds ? await this.refundsOf(head.id) : [],
    };
  }

  private async refundsOf(orderId: string): Promise<ChangedOrder['refunds']> {
    const { node } = await this.ask<{
      readonly node: { readonly refunds?: readonly { readonly id: string; readonly createdAt: string }[] } | null;
    }>({
      kind: 'Refunds',
      query: `query Refunds($id: ID!) { node(id: $id) { ... on Order { refunds(first: ${String(REFUNDS)}) { id createdAt } } } }`,
      variables: { id: orderId },
      points: 1 + REFUNDS,
    });
    const refunds: ChangedOrder['refunds'][number][] = [];
    for (const { id, createdAt } of node?.refunds ?? []) {
      const lines = await this.all<RefundLineNode>(id, 'Refund', 'refundLineItems', 'quantity restockType lineItem { id }', 2);
      const parts = lines.map(({ quantity, restockType, lineItem }) => ({ lineId: lineItem.id, quantity, restockType }));
      refunds.push({ id, at: Date.parse(createdAt), lines: parts });
    }
    return refunds;
  }

  /** All nodes of a connection of one object. @param each points of one node */
  private async all<Node>(id: string, type: 'Order' | 'Refund', field: string, selection: string, each: number): Promise<readonly Node[]> {
    const nodes: Node[] = [];
    let after: string | null = null;
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const first = page === 1 ? FIRST_LINES : LINES;
      const answer: Partial<{ readonly node: Readonly<Record<string, Page<Node>>> | null }> = await this.ask({
        kind: `${type}.${field}.${String(first)}`,
        query: `query Lines($id: ID!, $after: String) { node(id: $id) { ... on ${type} {
          ${field}(first: ${String(first)}, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } } } }`,
        variables: { id, after },
        points: 3 + first * each,
      });
      const found = answer.node?.[field];
      nodes.push(...(found?.nodes ?? []));
      if (found?.pageInfo?.hasNextPage !== true) break;
      after = found.pageInfo.endCursor ?? null;
    }
    return nodes;
  }

  private async ask<Data>(question: Question): Promise<Partial<Data>> {
    const answer = await this.api.ask<Data>(question);
    if (answer.kind === 'none') throw new Refused(answer.account);
    return answer.data;
  }
}

const headOf = (node: OrderNode): OrderHead => ({
  id: node.id,
  createdAt: Date.parse(node.createdAt),
  updatedAt: Date.parse(node.updatedAt),
  cancelledAt: typeof node.cancelledAt === 'string' ? Date.parse(node.cancelledAt) : null,
  retailLocationId: node.retailLocation?.id ?? null,
});
