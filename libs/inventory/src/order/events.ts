import type { Alternative } from '../sku/sources/shortage.js';
import type { ExplainedTake, Take } from '../sku/stock-place.js';

/** What happened to an order over several SKUs. Stream `order-{tenant}.{reservationId}`; times are epoch milliseconds, quantities units. */
export type OrderEvent =
  | OrderStarted
  | OrderHeld
  | OrderRefused
  | OrderCommitStarted
  | OrderCommitted
  | OrderCommitFailed
  | OrderReductionStarted
  | OrderReduced
  | OrderReleaseStarted
  | OrderReleased
  | OrderExpiryStarted
  | OrderExpired
  | OrderExtended;

export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
}

export interface HeldLine {
  readonly sku: string;
  readonly requested: number;
  /** Empty where partial holding found nothing of this SKU. */
  readonly takes: readonly ExplainedTake[];
}

export interface ShortLine {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
  readonly byLocation?: readonly { readonly locationId: string; readonly available: number }[];
  /** What could be had instead. */
  readonly alternatives?: readonly Alternative[];
  /** Where the order has units of the SKU already: the reservation that has. */
  readonly reservationId?: string;
  /** Why the line was refused where it was not for want of stock, e.g. `unknown_sku`. */
  readonly code?: string;
}

export interface CommittedLine {
  readonly sku: string;
  readonly takes: readonly Take[];
}

export interface OrderStarted {
  readonly type: 'OrderStarted';
  readonly reservationId: string;
  readonly orderId: string;
  /** One line a SKU. */
  readonly lines: readonly OrderLine[];
  readonly ttlMs: number;
  /** Every line's hold carries this time too, so that a crash frees itself. */
  readonly expiresAt: number;
  readonly partial: boolean;
  readonly channelId?: string;
  readonly locationId?: string;
  readonly requestHash: string;
}

/** Every SKU is held. */
export interface OrderHeld {
  readonly type: 'OrderHeld';
  readonly lines: readonly HeldLine[];
  readonly expiresAt: number;
}

/** Something was short; what had been held is free again. */
export interface OrderRefused {
  readonly type: 'OrderRefused';
  readonly lines: readonly ShortLine[];
}

/** The decision to commit. Whoever resumes it commits as of `at`. */
export interface OrderCommitStarted {
  readonly type: 'OrderCommitStarted';
  readonly commitId: string;
  readonly at: number;
  readonly lines: readonly OrderLine[];
}

export interface OrderCommitted {
  readonly type: 'OrderCommitted';
  readonly commitId: string;
  readonly lines: readonly CommittedLine[];
  /** Units of the order still held; at 0 the order is committed for good. */
  readonly openUnits: number;
}

/** A hold had run out; what this commit took was given back and the other holds were let go. */
export interface OrderCommitFailed {
  readonly type: 'OrderCommitFailed';
  readonly commitId: string;
  readonly skus: readonly string[];
}

/** The decision to let a part of the holds go. */
export interface OrderReductionStarted {
  readonly type: 'OrderReductionStarted';
  readonly reductionId: string;
  readonly lines: readonly OrderLine[];
}

/** The part is free again; the rest stays held. */
export interface OrderReduced {
  readonly type: 'OrderReduced';
  readonly reductionId: string;
}

export interface OrderReleaseStarted {
  readonly type: 'OrderReleaseStarted';
}

export interface OrderReleased {
  readonly type: 'OrderReleased';
}

export interface OrderExpiryStarted {
  readonly type: 'OrderExpiryStarted';
}

export interface OrderExpired {
  readonly type: 'OrderExpired';
}

/** Every hold of the order was extended to this time. */
export interface OrderExtended {
  readonly type: 'OrderExtended';
  readonly expiresAt: number;
}
