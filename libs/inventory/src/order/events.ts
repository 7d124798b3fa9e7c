import type { Alternative } from '../sku/sources/shortage.js';
import type { ExplainedTake, Take } from '../sku/stock-place.js';

/** Events of an order over several SKUs. Stream `order-{tenant}.{reservationId}`; times are epoch milliseconds, quantities units. */
export type OrderEvent =
  | OrderStarted
  | OrderContinued
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

/** Units of a SKU that are to leave, and how. */
export interface CommitLine extends OrderLine {
  /** Lots that the units are of, whatever expires first; the rest is chosen. */
  readonly lots?: readonly NamedLot[];
  /** Units leave although fewer may leave by what is recorded. */
  readonly allowUncovered?: boolean;
}

export interface NamedLot {
  readonly lotId: string;
  readonly quantity: number;
}

export interface HeldLine {
  readonly sku: string;
  readonly requested: number;
  /** Empty where partial placement found no units of this SKU. */
  readonly takes: readonly ExplainedTake[];
}

export interface ShortLine {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
  readonly byLocation?: readonly { readonly locationId: string; readonly available: number }[];
  /** Other requests that would succeed. */
  readonly alternatives?: readonly Alternative[];
  /** The open reservation of the same order that has units of the SKU. */
  readonly reservationId?: string;
  /** Why the line was refused, if not for lack of stock, e.g. `unknown_sku`. */
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
  /** One line per SKU. */
  readonly lines: readonly OrderLine[];
  readonly ttlMs: number;
  /** The hold of every line has this time too, so after a crash the holds expire by themselves. */
  readonly expiresAt: number;
  readonly partial: boolean;
  readonly channelId?: string;
  readonly locationId?: string;
  /** Missing in orders of versions that did not tell it. */
  readonly holderId?: string;
  readonly requestHash: string;
}

/** A sign of life: a process is at work on the start of the order. A start without a new one for a while was left by its process. */
export interface OrderContinued {
  readonly type: 'OrderContinued';
}

/** Every SKU is held. */
export interface OrderHeld {
  readonly type: 'OrderHeld';
  readonly lines: readonly HeldLine[];
  readonly expiresAt: number;
}

/** Some line was short; the holds of the others were released. */
export interface OrderRefused {
  readonly type: 'OrderRefused';
  readonly lines: readonly ShortLine[];
}

/** The decision to commit. A process that continues the commit uses `at` as its time. */
export interface OrderCommitStarted {
  readonly type: 'OrderCommitStarted';
  readonly commitId: string;
  readonly at: number;
  readonly lines: readonly CommitLine[];
  /** When the units were sold, where the request said so. */
  readonly soldAt?: number;
}

export interface OrderCommitted {
  readonly type: 'OrderCommitted';
  readonly commitId: string;
  readonly lines: readonly CommittedLine[];
  /** Units of the order still held; 0 ends the order as committed. */
  readonly openUnits: number;
}

/** A hold had expired; what this commit took was returned and the other holds were released. */
export interface OrderCommitFailed {
  readonly type: 'OrderCommitFailed';
  readonly commitId: string;
  readonly skus: readonly string[];
}

/** The decision to release a part of the holds. */
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
