import type { ChannelEvent } from '../inbound.js';
import { fieldsOf, listOf, textOf, timeOf, wholeOf } from '../reading.js';
import type { ZalandoSettings } from './settings.js';

type Fields = Readonly<Record<string, unknown>>;

/** Reasons of a return after which the unit is not for sale: developers.merchants.zalando.com/docs/orders-returns.html */
const UNSELLABLE: ReadonlySet<string> = new Set(['9', '10', 'ARTICLE_WRONG', 'DEFECTIVE']);

export interface OrderPage {
  readonly events: readonly ChannelEvent[];
  readonly orders: number;
  /** Times of the changes, epoch milliseconds. */
  readonly changedAt: readonly number[];
}

/** Reads a page of orders in the form of JSON:API: orders, and beside them their items, lines of one unit each, and changes of lines. */
export function orderPageOf(body: unknown, settings: ZalandoSettings): OrderPage {
  const included = listOf(fieldsOf(body)['included']).map(fieldsOf);
  const items = byOwner(included, 'OrderItem', 'order_id');
  const lines = byOwner(included, 'OrderLine', 'order_item_id');
  const reasons = new Map(
    included
      .filter((resource) => /Transition$/.test(String(resource['type'])))
      .map((resource) => [String(resource['id']), fieldsOf(fieldsOf(resource['attributes'])['transition_reason'])]),
  );
  const orders = listOf(fieldsOf(body)['data']).map(fieldsOf);
  return {
    orders: orders.length,
    changedAt: orders.flatMap((order) => timeOf(fieldsOf(order['attributes'])['modified_at']) ?? []),
    events: orders.flatMap((order) => eventsOf(order)),
  };

  function eventsOf(order: Fields): readonly ChannelEvent[] {
    const orderId = textOf(order['id']);
    const attributes = fieldsOf(order['attributes']);
    const at = timeOf(attributes['order_date']) ?? timeOf(attributes['created_at']);
    if (orderId === undefined || at === undefined) return [];
    const changedAt = timeOf(attributes['modified_at']) ?? at;
    const sold = (items.get(orderId) ?? []).map((item) => itemOf(item, settings)).filter((item) => item !== undefined);
    if (sold.length === 0) return [];
    const cancelled = sold.filter((item) => item.cancelled > 0);
    const cancelId = `${orderId}:${cancelled.map(({ id, cancelled: units }) => `${id}=${String(units)}`).join(',')}`;
    return [
      {
        kind: 'order',
        orderId,
        at,
        lines: sold.map(({ id, ean, ordered }) => ({ lineId: id, listingId: ean, quantity: ordered, remoteId: null })),
      },
      ...(cancelled.length === 0
        ? []
        : [
            {
              kind: 'cancel' as const,
              orderId,
              cancelId,
              at: changedAt,
              lines: cancelled.map(({ id, cancelled: quantity }) => ({ lineId: id, quantity })),
            },
          ]),
      ...sold.flatMap(({ id }) => returnsOf(orderId, id)),
    ];
  }

  /** Each line is one unit: its return has a name that never changes. */
  function returnsOf(orderId: string, itemId: string): readonly ChannelEvent[] {
    return (lines.get(itemId) ?? [])
      .filter((line) => fieldsOf(line['attributes'])['status'] === 'returned')
      .flatMap((line) => {
        const refundId = textOf(line['id']);
        const at = timeOf(fieldsOf(line['attributes'])['modified_at']);
        if (refundId === undefined || at === undefined) return [];
        const restock = (settings.restockReturns ?? true) && !isUnsellable(line);
        return [{ kind: 'refund' as const, orderId, refundId, at, lines: [{ lineId: itemId, quantity: 1, restock }] }];
      });
  }

  function isUnsellable(line: Fields): boolean {
    const changes = listOf(fieldsOf(fieldsOf(line['relationships'])['order_line_transitions'])['data']).map(fieldsOf);
    return changes.some(({ id }) => {
      const { code, description } = reasons.get(String(id)) ?? {};
      return UNSELLABLE.has(String(code)) || UNSELLABLE.has(String(description));
    });
  }
}

function itemOf(item: Fields, { orderEan = 'external_id' }: ZalandoSettings) {
  const attributes = fieldsOf(item['attributes']);
  const id = textOf(item['id']);
  const ean = textOf(attributes[orderEan]);
  const ordered = wholeOf(attributes['quantity_initial']);
  if (id === undefined || ean === undefined || ordered === undefined || ordered === 0) return undefined;
  return { id, ean, ordered, cancelled: wholeOf(attributes['quantity_canceled']) ?? 0 };
}

function byOwner(resources: readonly Fields[], type: string, owner: string): ReadonlyMap<string, readonly Fields[]> {
  const found = new Map<string, Fields[]>();
  for (const resource of resources.filter((one) => one['type'] === type)) {
    const of = String(fieldsOf(resource['attributes'])[owner]);
    found.set(of, [...(found.get(of) ?? []), resource]);
  }
  return found;
}
