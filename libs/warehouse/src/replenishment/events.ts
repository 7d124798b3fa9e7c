import type { Because } from './evaluation.js';
import type { ReplenishmentRule, ReplenishmentSource } from './rule.js';

/**
 * Events of the replenishment of a SKU at a location. Stream `replrule-{tenant}.{sku}.{locationId}`: the rule and its orders are one
 * consistency boundary, so that no two runs order for the same need. Quantities are units, times epoch milliseconds.
 */
export type ReplenishmentEvent =
  | ReplenishmentRuleSet
  | ReplenishmentEvaluated
  | ReplenishmentRequested
  | ReplenishmentApproved
  | ReplenishmentRejected
  | ReplenishmentPlaced
  | ReplenishmentStarted
  | ReplenishmentReceived
  | ReplenishmentCancelStarted
  | ReplenishmentCancelled;

/** The rule of a SKU at a location, in place of the one before. */
export interface ReplenishmentRuleSet {
  readonly type: 'ReplenishmentRuleSet';
  readonly sku: string;
  readonly locationId: string;
  readonly rule: ReplenishmentRule;
  readonly by: string;
  /** Of a periodic rule. */
  readonly nextReviewAt?: number;
}

/** An order as a run or a person begins it. */
export interface NewOrder {
  readonly orderId: string;
  /** Approved by the rule or by the person who asked for it, or still a suggestion. */
  readonly status: 'suggested' | 'approved';
  readonly quantity: number;
  readonly source: ReplenishmentSource;
  readonly because: Because;
  readonly by: string;
  /** The review date that it is for, of a periodic rule. */
  readonly dueAt?: number;
  /** When a delivery of a supplier is expected. */
  readonly leadTimeDays: number;
}

/** A run changed what is suggested or ordered. A run that changes nothing stores no event. */
export interface ReplenishmentEvaluated {
  readonly type: 'ReplenishmentEvaluated';
  /** A suggestion that this one replaces, or that is no longer needed. */
  readonly supersededId?: string;
  readonly order?: NewOrder;
  /** Where the run was the review of a periodic rule. */
  readonly nextReviewAt?: number;
}

/** A person asked for units beside any rule. */
export interface ReplenishmentRequested {
  readonly type: 'ReplenishmentRequested';
  readonly sku: string;
  readonly locationId: string;
  readonly order: NewOrder;
  /** Of the request; a repeat carries the same. */
  readonly requestHash: string;
}

export interface ReplenishmentApproved {
  readonly type: 'ReplenishmentApproved';
  readonly orderId: string;
  /** As approved; it may differ from what was suggested. */
  readonly quantity: number;
  readonly by: string;
  readonly reason?: string;
}

export interface ReplenishmentRejected {
  readonly type: 'ReplenishmentRejected';
  readonly orderId: string;
  readonly by: string;
  readonly reason?: string;
}

/** The transfer is created, or the delivery announced under the order's id. */
export interface ReplenishmentPlaced {
  readonly type: 'ReplenishmentPlaced';
  readonly orderId: string;
  readonly transferId?: string;
}

/** The transfer was shipped, or a part of the delivery received. */
export interface ReplenishmentStarted {
  readonly type: 'ReplenishmentStarted';
  readonly orderId: string;
}

export interface ReplenishmentReceived {
  readonly type: 'ReplenishmentReceived';
  readonly orderId: string;
}

/** The decision to end the order; its transfer or delivery is ended next, where nothing of it moved. */
export interface ReplenishmentCancelStarted {
  readonly type: 'ReplenishmentCancelStarted';
  readonly orderId: string;
  readonly by: string;
  readonly reason?: string;
}

export interface ReplenishmentCancelled {
  readonly type: 'ReplenishmentCancelled';
  readonly orderId: string;
}
