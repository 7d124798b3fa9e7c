import type { Because } from './evaluation.js';
import type { NewOrder, ReplenishmentEvent } from './events.js';
import { ENDED_ORDERS_KEPT } from './limits.js';
import { startOfDay } from './review.js';
import type { ReplenishmentRule, ReplenishmentSource } from './rule.js';

/** A driver continues `approved` and `cancelling`; the last four are terminal. */
export type ReplenishmentStatus =
  'suggested' | 'approved' | 'ordered' | 'in_progress' | 'cancelling' | 'received' | 'rejected' | 'superseded' | 'cancelled';

export interface ReplenishmentOrder {
  readonly orderId: string;
  readonly status: ReplenishmentStatus;
  readonly quantity: number;
  readonly source: ReplenishmentSource;
  readonly because: Because;
  readonly leadTimeDays: number;
  readonly dueAt?: number;
  /** Set once the transfer exists. */
  readonly transferId?: string;
  /** Whether the transfer exists or the delivery is announced. */
  readonly placed: boolean;
  /** Of the request of a person. */
  readonly requestHash?: string;
  readonly reason?: string;
  readonly approvedAt?: number;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The rule of a SKU at a location and its orders: plain JSON. */
export interface ReplenishmentState {
  /** Number of events. */
  readonly version: number;
  readonly sku: string;
  readonly locationId: string;
  readonly rule?: ReplenishmentRule;
  readonly ruleUpdatedAt?: number;
  readonly nextReviewAt?: number;
  /** All that have not ended and the latest that have, oldest first. */
  readonly orders: readonly ReplenishmentOrder[];
}

export const initialReplenishment = (): ReplenishmentState => ({ version: 0, sku: '', locationId: '', orders: [] });

const TERMINAL: ReadonlySet<ReplenishmentStatus> = new Set(['received', 'rejected', 'superseded', 'cancelled']);

/** Whether the order has ended. */
export const isReplenishmentTerminal = (status: ReplenishmentStatus): boolean => TERMINAL.has(status);

/** Applies an event that happened at `at` and returns the new state. */
export function evolveReplenishment(before: ReplenishmentState, event: ReplenishmentEvent, at: number): ReplenishmentState {
  const state = { ...before, version: before.version + 1 };
  switch (event.type) {
    case 'ReplenishmentRuleSet': {
      const { sku, locationId, rule, nextReviewAt } = event;
      const { nextReviewAt: _, ...rest } = state;
      return { ...rest, sku, locationId, rule, ruleUpdatedAt: at, ...(nextReviewAt === undefined ? {} : { nextReviewAt }) };
    }
    case 'ReplenishmentEvaluated': {
      const { supersededId, order, nextReviewAt } = event;
      const left = supersededId === undefined ? state : changed(state, supersededId, at, { status: 'superseded' });
      const reviewed = nextReviewAt === undefined ? left : { ...left, nextReviewAt };
      return order === undefined ? reviewed : added(reviewed, orderOf(order, at));
    }
    case 'ReplenishmentRequested': {
      const { sku, locationId, order, requestHash } = event;
      return added({ ...state, sku, locationId }, { ...orderOf(order, at), requestHash });
    }
    case 'ReplenishmentApproved':
      return changed(state, event.orderId, at, { status: 'approved', quantity: event.quantity, approvedAt: at, ...reasonOf(event) });
    case 'ReplenishmentRejected':
      return changed(state, event.orderId, at, { status: 'rejected', ...reasonOf(event) });
    case 'ReplenishmentPlaced': {
      const placed = { placed: true, ...(event.transferId === undefined ? {} : { transferId: event.transferId }) };
      const order = orderIn(state, event.orderId);
      return changed(state, event.orderId, at, order?.status === 'approved' ? { ...placed, status: 'ordered' } : placed);
    }
    case 'ReplenishmentStarted':
      return changed(state, event.orderId, at, { status: 'in_progress' });
    case 'ReplenishmentReceived':
      return changed(state, event.orderId, at, { status: 'received' });
    case 'ReplenishmentCancelStarted':
      return changed(state, event.orderId, at, { status: 'cancelling', ...reasonOf(event) });
    case 'ReplenishmentCancelled':
      return reviewedAgain(changed(state, event.orderId, at, { status: 'cancelled' }), event.orderId, at);
    default:
      return event satisfies never;
  }
}

export const orderIn = ({ orders }: ReplenishmentState, orderId: string): ReplenishmentOrder | undefined =>
  orders.find((one) => one.orderId === orderId);

/** The need of a cancelled order is there again: the rule is reviewed by the next run, not after another period. */
function reviewedAgain(state: ReplenishmentState, orderId: string, at: number): ReplenishmentState {
  if (state.nextReviewAt === undefined || orderIn(state, orderId)?.dueAt === undefined) return state;
  return { ...state, nextReviewAt: Math.min(state.nextReviewAt, startOfDay(at)) };
}

const orderOf = ({ by, ...order }: NewOrder, at: number): ReplenishmentOrder => ({
  ...order,
  placed: false,
  version: 1,
  createdBy: by,
  createdAt: at,
  updatedAt: at,
  ...(order.status === 'approved' ? { approvedAt: at } : {}),
});

function added(state: ReplenishmentState, order: ReplenishmentOrder): ReplenishmentState {
  return { ...state, orders: kept([...state.orders, order]) };
}

function changed(state: ReplenishmentState, orderId: string, at: number, change: Partial<ReplenishmentOrder>): ReplenishmentState {
  const orders = state.orders.map((one) =>
    one.orderId === orderId ? { ...one, ...change, version: one.version + 1, updatedAt: at } : one,
  );
  return { ...state, orders };
}

/** Without the oldest ended orders beyond the limit. */
function kept(orders: readonly ReplenishmentOrder[]): readonly ReplenishmentOrder[] {
  let surplus = orders.filter(({ status }) => isReplenishmentTerminal(status)).length - ENDED_ORDERS_KEPT;
  return surplus <= 0 ? orders : orders.filter(({ status }) => !isReplenishmentTerminal(status) || (surplus -= 1) < 0);
}

const reasonOf = ({ reason }: { readonly reason?: string }): { readonly reason?: string } => (reason === undefined ? {} : { reason });
