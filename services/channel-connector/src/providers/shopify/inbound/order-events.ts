import type { ChannelEvent } from '../../inbound.js';
import type { ShopifySettings } from '../settings.js';
import type { ChangedOrder } from './changed-orders.js';
import { restocks } from './hook-events.js';

/** The same events as webhooks tell, by the same ids. */
export function orderEvents(order: ChangedOrder, settings: ShopifySettings): readonly ChannelEvent[] {
  const lines = order.lines.flatMap(({ id, quantity, itemId }) =>
    itemId === null || quantity <= 0 ? [] : [{ lineId: id, listingId: itemId, quantity, remoteId: order.retailLocationId }],
  );
  if (lines.length === 0) return [];
  const refunds = order.refunds.map(({ id, at, lines: parts }): ChannelEvent => ({
    kind: 'refund',
    orderId: order.id,
    refundId: id,
    at,
    lines: parts.map(({ lineId, quantity, restockType }) => ({ lineId, quantity, restock: restocks(restockType) })),
  }));
  const cancel: readonly ChannelEvent[] =
    order.cancelledAt === null
      ? []
      : [
          {
            kind: 'cancel',
            orderId: order.id,
            cancelId: `${order.id}/cancel`,
            at: order.cancelledAt,
            lines: settings.cancelRestock === 'all' ? null : [],
          },
        ];
  return [{ kind: 'order', orderId: order.id, at: order.createdAt, lines }, ...refunds, ...cancel];
}
