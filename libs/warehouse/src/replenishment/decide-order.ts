import { accept, refuse, type Decision, type Refusal } from '@holdfast/inventory';
import type {
  ApproveReplenishment,
  CancelReplenishment,
  RejectReplenishment,
  ReportReplenishment,
  RequestReplenishment,
} from './commands.js';
import { positionOf, type Because } from './evaluation.js';
import type { ReplenishmentEvent } from './events.js';
import { MAX_OPEN_ORDERS } from './limits.js';
import { openUnits, unended } from './open-orders.js';
import { contradiction, type ReplenishmentRefusalCode } from './refusals.js';
import { sourceFault } from './rule.js';
import { orderIn, type ReplenishmentOrder, type ReplenishmentState, type ReplenishmentStatus } from './state.js';

type OrderDecision = Decision<ReplenishmentEvent, ReplenishmentRefusalCode>;
type PersonCommand = ApproveReplenishment | RejectReplenishment | CancelReplenishment;

/** Decides an order that a person asks for. It is approved by being asked for, and counts in the position from then on. */
export function request(state: ReplenishmentState, command: RequestReplenishment): OrderDecision {
  const { sku, locationId, orderId, quantity, by, requestHash } = command;
  const known = orderIn(state, orderId);
  if (known !== undefined) return known.requestHash === requestHash ? accept() : refuse('idempotency_mismatch', { orderId });
  const source = command.source ?? state.rule?.source;
  if (source === undefined) return refuse('source_required', { field: 'source' });
  const fault = sourceFault(source, locationId);
  if (fault !== undefined) return refuse('invalid_rule', { ...fault });
  if (unended(state).length >= MAX_OPEN_ORDERS) return refuse('too_many_orders', { most: MAX_OPEN_ORDERS });
  const leadTimeDays = state.rule?.leadTimeDays ?? 0;
  const because = becauseAsked(state, command);
  const order = { orderId, status: 'approved', quantity, source, because, by, leadTimeDays } as const;
  return accept({ type: 'ReplenishmentRequested', sku, locationId, order, requestHash });
}

function becauseAsked(state: ReplenishmentState, command: RequestReplenishment): Because {
  const { quantity, stock, requests, use, visibleOrderIds } = command;
  const ordered = openUnits(state, visibleOrderIds);
  return {
    method: 'manual',
    position: positionOf({ stock, requests, ordered }),
    need: quantity,
    packSize: 1,
    onHand: stock.onHand,
    reserved: stock.reserved,
    held: stock.held,
    waiting: stock.waiting,
    inbound: stock.inbound,
    open: ordered + requests.toHere - requests.fromHere,
    dailyUse: use.mean,
    daysOfData: use.days,
    shortAtSource: 0,
  };
}

const APPROVED: ReadonlySet<ReplenishmentStatus> = new Set(['approved', 'ordered', 'in_progress', 'received']);

/** Decides to order what was suggested. */
export function approve(state: ReplenishmentState, command: ApproveReplenishment): OrderDecision {
  const order = found(state, command);
  if ('kind' in order) return order;
  const { orderId, by, reason, quantity = order.quantity } = command;
  if (APPROVED.has(order.status) && quantity === order.quantity) return accept();
  if (order.status !== 'suggested') return contradiction(order.status);
  return accept({ type: 'ReplenishmentApproved', orderId, quantity, by, ...(reason === undefined ? {} : { reason }) });
}

/** Decides not to order what was suggested. */
export function reject(state: ReplenishmentState, command: RejectReplenishment): OrderDecision {
  const order = found(state, command);
  if ('kind' in order) return order;
  if (order.status === 'rejected') return accept();
  if (order.status !== 'suggested') return contradiction(order.status);
  const { orderId, by, reason } = command;
  return accept({ type: 'ReplenishmentRejected', orderId, by, ...(reason === undefined ? {} : { reason }) });
}

/** Decides to end an order: a suggestion at once; of what was approved the transfer or the delivery is ended next. */
export function cancel(state: ReplenishmentState, command: CancelReplenishment): OrderDecision {
  const order = found(state, command);
  if ('kind' in order) return order;
  const { orderId, by, reason } = command;
  const started: ReplenishmentEvent = { type: 'ReplenishmentCancelStarted', orderId, by, ...(reason === undefined ? {} : { reason }) };
  switch (order.status) {
    case 'cancelling':
    case 'cancelled':
      return accept();
    case 'suggested':
      return accept<ReplenishmentEvent>(started, { type: 'ReplenishmentCancelled', orderId });
    case 'approved':
    case 'ordered':
    case 'in_progress':
      return accept(started);
    case 'received':
    case 'rejected':
    case 'superseded':
      return contradiction(order.status);
    default:
      return order.status satisfies never;
  }
}

/** Stores what became of an order. A report that the order is past already changes nothing. */
export function report(state: ReplenishmentState, { orderId, became, transferId }: ReportReplenishment): OrderDecision {
  const order = orderIn(state, orderId);
  if (order === undefined) return refuse('unknown_replenishment', { orderId });
  const { status } = order;
  switch (became) {
    case 'ordered': {
      const isPlacing = (status === 'approved' || status === 'cancelling') && !order.placed;
      return isPlacing ? accept({ type: 'ReplenishmentPlaced', orderId, ...(transferId === undefined ? {} : { transferId }) }) : accept();
    }
    case 'in_progress':
      return status === 'ordered' ? accept({ type: 'ReplenishmentStarted', orderId }) : accept();
    case 'received':
      return status === 'ordered' || status === 'in_progress' ? accept({ type: 'ReplenishmentReceived', orderId }) : accept();
    case 'cancelled':
      return status === 'ordered' || status === 'in_progress' || status === 'cancelling'
        ? accept({ type: 'ReplenishmentCancelled', orderId })
        : accept();
    default:
      return became satisfies never;
  }
}

function found(
  state: ReplenishmentState,
  { orderId, expectedVersion }: PersonCommand,
): ReplenishmentOrder | Refusal<ReplenishmentRefusalCode> {
  const order = orderIn(state, orderId);
  if (order === undefined) return refuse('unknown_replenishment', { orderId });
  if (expectedVersion === undefined || expectedVersion === order.version) return order;
  return refuse('version_mismatch', { expectedVersion, version: order.version });
}
