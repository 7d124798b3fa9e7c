import { STREAMS } from '@holdfast/contracts';
import type { EventFilter, Position, RecordedEvent } from '@holdfast/event-store';
import { RESERVATION_EVENT_TYPES, reservationEffect, type EventOfReservation, type OrderEvent } from '@holdfast/inventory';
import { patienceMs } from '../limits.js';
import { isOrderReservation } from '@holdfast/contracts';
import { openHold, openOrder, orderDueAt, type OpenOrder } from './open-work.js';
import type { OpenWorkSet } from './open-work-set.js';

/** The event types that open, change or end an item. */
export const WATCHED: EventFilter = { types: [...STREAMS.stock.storedTypes(RESERVATION_EVENT_TYPES), ...STREAMS.order.storedTypes()] };

/**
 * Brings the set up to date with an event. Events come in their global order, each once or, after a restart, again.
 * @param seenAt when the process that made it was alive: the time at which a follower of the log sees it. The event's own time is earlier,
 *   by as long as it waited for a slow store.
 */
export function observe(open: OpenWorkSet, recorded: RecordedEvent, seenAt: number = recorded.metadata.at): void {
  const { tenant } = recorded.metadata;
  if (STREAMS.order.holds(recorded)) {
    observeOrder(open, tenant, STREAMS.order.idOf(recorded), STREAMS.order.decode(recorded), seenAt, recorded.position);
    return;
  }
  const event = STREAMS.stock.decode(recorded);
  if (!('reservationId' in event)) return;
  const sku = STREAMS.stock.idOf(recorded);
  if (isOrderReservation(event.reservationId)) observeHoldOfOrder(open, recorded, sku, event, seenAt);
  else observeHold(open, tenant, sku, event, recorded.position);
}

function observeHold(open: OpenWorkSet, tenant: string, sku: string, event: EventOfReservation, position: Position): void {
  const { reservationId } = event;
  if (event.type === 'ReservationPlaced') {
    open.put(openHold({ tenant, reservationId, sku, expiresAt: event.expiresAt }), position);
    return;
  }
  const hold = open.hold(tenant, reservationId);
  if (hold === undefined) return;
  const { expiresAt, ended } = reservationEffect(event);
  if (ended !== undefined) return open.end(hold, position);
  if (expiresAt === undefined) return;
  hold.expiresAt = hold.dueAt = expiresAt;
  open.put(hold, position);
}

/**
 * A hold of an order that has ended was left behind by the process that placed it. A hold of an unknown order may be the first event of
 * that order.
 */
function observeHoldOfOrder(
  open: OpenWorkSet,
  { metadata: { tenant, at }, position }: RecordedEvent,
  sku: string,
  event: EventOfReservation,
  seenAt: number,
): void {
  const { reservationId } = event;
  const known = open.order(tenant, reservationId);
  if (event.type === 'ReservationPlaced') {
    const { expiresAt } = event;
    const fresh = {
      ttlMs: Math.max(1, expiresAt - at),
      stage: 'unheard of',
      expiresAt,
      changedAt: seenAt,
      openSkus: new Set<string>(),
    } as const;
    const order = known ?? openOrder({ tenant, reservationId, ...fresh });
    order.openSkus.add(sku);
    // The order was concluded without this hold. The repeat that placed it also releases it, unless its process dies, so the watch looks soon.
    if (order.stage === 'waiting') order.dueAt = Math.min(order.dueAt, seenAt + patienceMs(order.ttlMs));
    recordProgress(order, seenAt);
    open.put(order, position);
    return;
  }
  if (known === undefined) return;
  recordProgress(known, seenAt);
  if (reservationEffect(event).ended !== undefined) known.openSkus.delete(sku);
  if ((known.stage === 'ended' || known.stage === 'unheard of') && known.openSkus.size === 0) open.end(known, position);
  else open.put(known, position);
}

/** As long as a SKU of the order after the other changes, a process is at work on it, and the watch leaves it to that process. */
function recordProgress(order: OpenOrder, seenAt: number): void {
  if (order.stage === 'waiting' || order.stage === 'ended') return;
  order.changedAt = seenAt;
  order.dueAt = orderDueAt(order);
}

function observeOrder(
  open: OpenWorkSet,
  tenant: string,
  reservationId: string,
  event: OrderEvent,
  seenAt: number,
  position: Position,
): void {
  if (event.type === 'OrderStarted') {
    const { ttlMs, expiresAt } = event;
    const openSkus = open.order(tenant, reservationId)?.openSkus ?? new Set<string>();
    open.put(openOrder({ tenant, reservationId, ttlMs, stage: 'under way', expiresAt, changedAt: seenAt, openSkus }), position);
    return;
  }
  const order = open.order(tenant, reservationId);
  if (order === undefined) return;
  // A held order may expire earlier than its start said.
  if (event.type === 'OrderExtended' || event.type === 'OrderHeld') order.expiresAt = event.expiresAt;
  if (event.type !== 'OrderExtended') {
    order.stage = stageAfter(event);
    order.changedAt = seenAt;
  }
  order.dueAt = orderDueAt(order);
  if (order.stage === 'ended' && order.openSkus.size === 0) open.end(order, position);
  else open.put(order, position);
}

function stageAfter(event: Exclude<OrderEvent, { type: 'OrderStarted' | 'OrderExtended' }>): OpenOrder['stage'] {
  switch (event.type) {
    case 'OrderHeld':
    case 'OrderReduced':
      return 'waiting';
    case 'OrderCommitted':
      return event.openUnits > 0 ? 'waiting' : 'ended';
    case 'OrderContinued':
    case 'OrderCommitStarted':
      return 'under way';
    case 'OrderReductionStarted':
    case 'OrderReleaseStarted':
    case 'OrderExpiryStarted':
      return 'ending';
    case 'OrderRefused':
    case 'OrderCommitFailed':
    case 'OrderReleased':
    case 'OrderExpired':
      return 'ended';
    default:
      return event satisfies never;
  }
}
