import type { ChannelEvent, OrderedLine } from '../../inbound.js';
import { fieldsOf, listOf, textOf, timeOf, wholeOf } from '../../reading.js';
import type { WalmartSettings } from '../settings.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a purchase order tells: that it was placed, and which of its units were cancelled. */
export function eventsOfOrder(given: unknown): readonly ChannelEvent[] {
  const order = fieldsOf(given);
  const orderId = textOf(order['purchaseOrderId']);
  const at = timeOf(order['orderDate']);
  if (orderId === undefined || at === undefined) return [];
  const lines = listOf(fieldsOf(order['orderLines'])['orderLine']).map(fieldsOf);
  const remoteId = textOf(fieldsOf(order['shipNode'])['id']) ?? null;
  const placed: ChannelEvent = { kind: 'order', orderId, at, lines: lines.flatMap((line) => orderedLine(line, remoteId)) };
  const cancelled = lines.flatMap(cancelledLine);
  if (cancelled.length === 0) return [placed];
  const cancelId = `${orderId}:${cancelled.map(({ lineId, quantity }) => `${lineId}=${String(quantity)}`).join(',')}`;
  const cancelledAt = Math.max(at, ...lines.map((line) => timeOf(line['statusDate']) ?? 0));
  return [placed, { kind: 'cancel', orderId, cancelId, at: cancelledAt, lines: cancelled }];
}

function orderedLine(line: Fields, remoteId: string | null): readonly OrderedLine[] {
  const lineId = textOf(line['lineNumber']);
  const listingId = textOf(fieldsOf(line['item'])['sku']);
  const quantity = wholeOf(fieldsOf(line['orderLineQuantity'])['amount']);
  return lineId === undefined || listingId === undefined || quantity === undefined ? [] : [{ lineId, listingId, quantity, remoteId }];
}

function cancelledLine(line: Fields): readonly { readonly lineId: string; readonly quantity: number }[] {
  const lineId = textOf(line['lineNumber']);
  const quantity = listOf(fieldsOf(line['orderLineStatuses'])['orderLineStatus'])
    .map(fieldsOf)
    .filter(({ status }) => status === 'Cancelled')
    .reduce((sum, { statusQuantity }) => sum + (wholeOf(fieldsOf(statusQuantity)['amount']) ?? 0), 0);
  return lineId === undefined || quantity === 0 ? [] : [{ lineId, quantity }];
}

/**
 * Units of a return that are decided: delivered back, or kept by the customer. One that is still on its way says nothing yet.
 * The return's lines may be of several purchase orders.
 */
export function eventsOfReturn(given: unknown, { restockReturns = true }: WalmartSettings): readonly ChannelEvent[] {
  const returned = fieldsOf(given);
  const returnId = textOf(returned['returnOrderId']);
  if (returnId === undefined) return [];
  return listOf(returned['returnOrderLines'])
    .map(fieldsOf)
    .flatMap((line) => {
      const orderId = textOf(line['purchaseOrderId']);
      const lineId = lineIdOf(line);
      const decided = decision(line);
      if (orderId === undefined || lineId === undefined || decided === undefined) return [];
      const refundId = `${returnId}:${String(line['returnOrderLineNumber'])}:${decided.back ? 'back' : 'kept'}`;
      const at = timeOf(line['statusTime']) ?? timeOf(returned['returnOrderDate']) ?? 0;
      const lines = [{ lineId, quantity: decided.quantity, restock: decided.back && restockReturns }];
      return [{ kind: 'refund', orderId, refundId, at, lines } as const];
    });
}

const lineIdOf = (line: Fields): string | undefined => {
  const number = wholeOf(line['purchaseOrderLineNumber']);
  return number === undefined ? undefined : String(number);
};

function decision(line: Fields): { readonly back: boolean; readonly quantity: number } | undefined {
  const quantity = wholeOf(fieldsOf(line['quantity'])['measurementValue']) ?? 0;
  const refunded = wholeOf(line['refundedQty']) ?? 0;
  const kept = line['isKeepIt'] === true || line['returnExpectedFlag'] === false;
  if (kept) return refunded > 0 ? { back: false, quantity: refunded } : undefined;
  const delivered = textOf(line['currentDeliveryStatus']) === 'DELIVERED';
  return delivered && quantity > 0 ? { back: true, quantity } : undefined;
}
