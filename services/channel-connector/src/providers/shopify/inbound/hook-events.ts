import type { ChannelEvent, OrderedLine } from '../../inbound.js';
import type { MappedLocation } from '../../provider.js';
import { withinTheAnswer } from '../../within-the-answer.js';
import { gidOf } from '../api/ids.js';
import type { ShopifySettings } from '../settings.js';
import type { Variants } from './variants.js';

/** Bodies of webhooks, as far as they are read. Numbers are ids. */
interface HookLine {
  readonly id?: number;
  readonly variant_id?: number | null;
  readonly quantity?: number;
}
interface HookRefund {
  readonly id?: number;
  readonly order_id?: number;
  readonly created_at?: string;
  readonly refund_line_items?: readonly { readonly line_item_id?: number; readonly quantity?: number; readonly restock_type?: string }[];
}
interface HookOrder {
  readonly id?: number;
  readonly created_at?: string;
  readonly cancelled_at?: string | null;
  readonly location_id?: number | null;
  readonly line_items?: readonly HookLine[];
  readonly refunds?: readonly HookRefund[];
}
interface HookLevel {
  readonly inventory_item_id?: number;
  readonly location_id?: number;
  readonly available?: number | null;
  readonly updated_at?: string;
}

/** Longest wait for points while the vendor waits for its answer. */
const LOOK_UP_MS = 500;

export interface HookSurroundings {
  readonly settings: ShopifySettings;
  readonly locations: readonly MappedLocation[];
  readonly variants: Variants;
  readonly now: number;
}

/** What a webhook tells; undefined where its body lacks what its topic is about. Topics that are of no use tell nothing. */
export async function hookEvents(
  topic: string,
  body: object,
  surroundings: HookSurroundings,
): Promise<readonly ChannelEvent[] | undefined> {
  switch (topic) {
    case 'orders/create':
      return ordered(body, surroundings);
    case 'orders/cancelled':
      return cancelled(body, surroundings);
    case 'refunds/create':
      return refunded(body, undefined, surroundings);
    case 'inventory_levels/update':
    case 'inventory_levels/connect':
      return figure(body, surroundings);
    case 'inventory_levels/disconnect':
      return figure({ ...body, available: 0 }, surroundings);
    case 'app/uninstalled':
      return [{ kind: 'gone', says: 'the app was removed from the shop' }];
    default:
      return [];
  }
}

const timeOf = (text: string | null | undefined, otherwise: number): number => {
  const at = Date.parse(text ?? '');
  return Number.isFinite(at) ? at : otherwise;
};

function ordered(order: HookOrder, surroundings: HookSurroundings): Promise<readonly ChannelEvent[] | undefined> {
  const { id, line_items: lines } = order;
  if (id === undefined || lines === undefined) return Promise.resolve(undefined);
  return withinTheAnswer(orderOf(order, id, lines, surroundings));
}

/**
 * The order by listing. Where the shop does not say in time which items it is of, the message tells nothing and the next poll finds the order: Shopify ends
 * a subscription whose messages are refused some times in a row.
 */
async function orderOf(
  { location_id: place, created_at: at }: HookOrder,
  id: number,
  lines: readonly HookLine[],
  { variants, now }: HookSurroundings,
): Promise<readonly ChannelEvent[]> {
  // Tips and lines without a product have no variant.
  const sold = lines.flatMap(({ id: line, variant_id: variant, quantity = 0 }) =>
    typeof line === 'number' && typeof variant === 'number' && quantity > 0 ? [{ line, variant, quantity }] : [],
  );
  const items = await variants.itemsOf(
    sold.map(({ variant }) => variant),
    LOOK_UP_MS,
  );
  if (items === undefined) return [];
  const remoteId = typeof place === 'number' ? gidOf('Location', place) : null;
  const taken = sold.flatMap(({ line, variant, quantity }): readonly OrderedLine[] => {
    const listingId = items.get(variant) ?? null;
    return listingId === null ? [] : [{ lineId: gidOf('LineItem', line), listingId, quantity, remoteId }];
  });
  return taken.length === 0 ? [] : [{ kind: 'order', orderId: gidOf('Order', id), at: timeOf(at, now), lines: taken }];
}

/**
 * A cancelled order gives back what its refunds restock: each unit is in one refund, which comes by itself too and is known by its id. So the
 * cancelling itself gives back nothing, unless the settings say that it gives back everything.
 */
function cancelled(order: HookOrder, surroundings: HookSurroundings): readonly ChannelEvent[] | undefined {
  const { id, refunds = [], cancelled_at: at } = order;
  if (id === undefined) return undefined;
  const orderId = gidOf('Order', id);
  return [
    ...refunds.flatMap((refund) => refunded(refund, id, surroundings) ?? []),
    {
      kind: 'cancel',
      orderId,
      cancelId: `${orderId}/cancel`,
      at: timeOf(at, surroundings.now),
      lines: surroundings.settings.cancelRestock === 'all' ? null : [],
    },
  ];
}

function refunded(refund: HookRefund, ofOrder: number | undefined, { now }: HookSurroundings): readonly ChannelEvent[] | undefined {
  const { id, order_id: order = ofOrder, refund_line_items: parts } = refund;
  if (id === undefined || order === undefined || parts === undefined) return undefined;
  const lines = parts.flatMap(({ line_item_id: line, quantity = 0, restock_type: restock = 'no_restock' }) =>
    typeof line === 'number' && quantity > 0 ? [{ lineId: gidOf('LineItem', line), quantity, restock: restocks(restock) }] : [],
  );
  if (lines.length === 0) return [];
  return [{ kind: 'refund', orderId: gidOf('Order', order), refundId: gidOf('Refund', id), at: timeOf(refund.created_at, now), lines }];
}

/**
 * Also units of the type `cancel`, of an order that goes on: where the order is cancelled as a whole, its cancelling gives back the rest alone.
 * @param restockType in any letter case
 */
export const restocks = (restockType: string): boolean => restockType.toLowerCase() !== 'no_restock';

function figure(level: HookLevel, { locations, now }: HookSurroundings): readonly ChannelEvent[] | undefined {
  const { inventory_item_id: item, location_id: location, available } = level;
  if (item === undefined || location === undefined) return undefined;
  const remoteId = gidOf('Location', location);
  // An untracked item has no figure, and places that the channel does not map are no concern of it.
  if (typeof available !== 'number' || !locations.some((mapped) => mapped.remoteId === remoteId)) return [];
  const quantity = Math.max(available, 0);
  return [
    {
      kind: 'figure',
      listingId: gidOf('InventoryItem', item),
      at: timeOf(level.updated_at, now),
      figure: { quantity, parts: [{ remoteId, quantity }] },
      partial: true,
    },
  ];
}
