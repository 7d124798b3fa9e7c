import type { ChannelEvent, OrderedLine } from '../../inbound.js';
import { fieldsOf, listOf, textOf, timeOf, wholeOf } from '../../reading.js';
import type { EbaySettings } from '../settings.js';

type Fields = Readonly<Record<string, unknown>>;

/** What an order of `getOrders` tells: that it was placed, and what was taken back of it since. */
export function eventsOfOrder(given: unknown, settings: EbaySettings): readonly ChannelEvent[] {
  const order = fieldsOf(given);
  const orderId = textOf(order['orderId']);
  const at = timeOf(order['creationDate']);
  const lineItems = listOf(order['lineItems']).map(fieldsOf);
  if (orderId === undefined || at === undefined) return [];
  const placed: ChannelEvent = { kind: 'order', orderId, at, lines: lineItems.flatMap(orderedLine) };
  // The refund of a cancellation may be seen before the order is cancelled. Nothing of it was sent, so the cancellation goes before all refunds.
  if (fieldsOf(order['cancelStatus'])['cancelState'] === 'CANCELED')
    return [placed, { kind: 'cancel', orderId, cancelId: `${orderId}:cancelled`, at, lines: null }];
  return [placed, ...refunds(orderId, lineItems, settings)];
}

function orderedLine(line: Fields): readonly OrderedLine[] {
  const lineId = textOf(line['lineItemId']);
  // A listing without a SKU is known by its number; it will be shown as one that is not mapped.
  const listingId = textOf(line['sku']) ?? textOf(line['legacyItemId']);
  const quantity = wholeOf(line['quantity']);
  return lineId === undefined || listingId === undefined || quantity === undefined ? [] : [{ lineId, listingId, quantity, remoteId: null }];
}

/** Refunds by their id. eBay tells their money only: units are those whose price it is, and a refund of a part of a price gives none back. */
function refunds(orderId: string, lineItems: readonly Fields[], { restockRefunds = false }: EbaySettings): readonly ChannelEvent[] {
  const byId = new Map<string, { at: number; lines: { lineId: string; quantity: number; restock: boolean }[] }>();
  for (const line of lineItems) {
    const lineId = textOf(line['lineItemId']);
    if (lineId === undefined) continue;
    for (const refund of listOf(line['refunds']).map(fieldsOf)) {
      const refundId = textOf(refund['refundId']);
      const quantity = unitsOf(line, refund);
      if (refundId === undefined || quantity === 0) continue;
      const known = byId.get(refundId) ?? { at: timeOf(refund['refundDate']) ?? 0, lines: [] };
      known.lines.push({ lineId, quantity, restock: restockRefunds });
      byId.set(refundId, known);
    }
  }
  return [...byId].map(([refundId, { at, lines }]) => ({ kind: 'refund', orderId, refundId, at, lines }));
}

function unitsOf(line: Fields, refund: Fields): number {
  const ordered = wholeOf(line['quantity']) ?? 0;
  const cost = cents(line['lineItemCost']);
  const returned = cents(refund['amount']);
  if (ordered === 0 || cost === 0 || returned === 0) return 0;
  const units = (returned * ordered) / cost;
  return Number.isInteger(units) ? Math.min(ordered, units) : 0;
}

function cents(amount: unknown): number {
  const value = Number(fieldsOf(amount)['value']);
  return Number.isFinite(value) ? Math.round(value * 100) : 0;
}
