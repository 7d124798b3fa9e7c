import type { ChannelEvent, PollResult } from '../../inbound.js';
import type { ChangedOrder, ChangedOrders, OrderHead } from './changed-orders.js';
import { restocks } from './hook-events.js';
import type { ShopifySettings } from '../settings.js';

const DEFAULT_OVERLAP_S = 60;
/** Orders that are remembered, so that those of the overlap are not read again. */
const MOST_SEEN = 1_000;

/** Where polling stands. It is stored as text. */
interface Watermark {
  /** Orders that were placed before are none of ours: the figures of the shop were taken over after them. */
  readonly start: number;
  readonly since: number;
  /** Cursor of the next page; null before the first. */
  readonly after: string | null;
  /** Orders that were read, by id, with the change that they were read at. */
  readonly seen: Readonly<Record<string, number>>;
}

/**
 * Orders that changed since the last poll. Webhooks may be lost, so this runs beside them; whoever takes the events knows twins. The first poll
 * begins now.
 */
export async function poll(orders: ChangedOrders, settings: ShopifySettings, cursor: string | null, now: number): Promise<PollResult> {
  const from = watermarkOf(cursor) ?? begun(now);
  const isOurs = ({ createdAt }: OrderHead): boolean => createdAt >= from.start;
  const page = await orders.page(from.since, from.after, (head) => isOurs(head) && from.seen[head.id] !== head.updatedAt);
  if ('account' in page) return { account: page.account, events: [], cursor: JSON.stringify(from), more: false };
  // An order may become visible to searches some time after it changed.
  const overlapMs = (settings.pollOverlapSeconds ?? DEFAULT_OVERLAP_S) * 1_000;
  return {
    account: { kind: 'ok' },
    events: page.orders.flatMap((order) => eventsOf(order, settings)),
    cursor: JSON.stringify(advanced(from, page.heads, page.endCursor, overlapMs)),
    more: page.endCursor !== null,
  };
}

/** Times of the vendor are of whole seconds. */
function begun(now: number): Watermark {
  const start = Math.floor(now / 1_000) * 1_000;
  return { start, since: start, after: null, seen: {} };
}

function advanced(from: Watermark, heads: readonly OrderHead[], endCursor: string | null, overlapMs: number): Watermark {
  const read = Object.fromEntries(heads.map(({ id, updatedAt }) => [id, updatedAt]));
  const newestFirst = Object.entries({ ...from.seen, ...read }).sort(([, a], [, b]) => b - a);
  const kept = newestFirst.slice(0, MOST_SEEN);
  if (endCursor !== null) return { ...from, after: endCursor, seen: Object.fromEntries(kept) };
  const since = Math.max(from.since, (kept[0]?.[1] ?? 0) - overlapMs);
  return { start: from.start, since, after: null, seen: Object.fromEntries(kept.filter(([, at]) => at >= since)) };
}

/** The same events as webhooks tell, by the same ids. */
function eventsOf(order: ChangedOrder, settings: ShopifySettings): readonly ChannelEvent[] {
  const lines = order.lines.flatMap(({ id, quantity, itemId }) =>
    itemId === null || quantity <= 0 ? [] : [{ lineId: id, listingId: itemId, quantity, remoteId: order.retailLocationId }],
  );
  if (lines.length === 0) return [];
  const refunds = order.refunds.map(({ id, at, lines: parts }): ChannelEvent => ({
    kind: 'refund',
    orderId: order.id,
    refundId: id,
    at,
    lines: parts.map(({ lineId, quantity, restockType }) => ({ lineId, quantity, restock: restocks(restockType, settings) })),
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

function watermarkOf(cursor: string | null): Watermark | undefined {
  if (cursor === null) return undefined;
  const { start, since, after, seen } = JSON.parse(cursor) as Partial<Watermark>;
  if (typeof start !== 'number' || typeof since !== 'number') throw new Error('the cursor of the orders is malformed');
  return { start, since, after: after ?? null, seen: seen ?? {} };
}
