import type { AllocationRemoved, AllocationSet, LimitsSet } from './allocations/limit-events.js';
import type { InboundArrival, InboundCancelled, InboundDeclared, ReservationPromoted, WaitingUnits } from './supply/supply-events.js';

export type * from './allocations/limit-events.js';
export type * from './supply/supply-events.js';

/** Units are whole pieces. Times are epoch milliseconds. Names with a version are the storage format and never change their meaning. */
export type SkuEvent =
  | ProductDescribed
  | SafetyStockSet
  | LevelReported
  | LevelRefused
  | StockReceived
  | StockIssued
  | StockAdjusted
  | StockMoved
  | LimitsSet
  | AllocationSet
  | AllocationRemoved
  | InboundDeclared
  | InboundCancelled
  | TransferShipped
  | TransferReceived
  | TransferReturned
  | ReservationPlaced
  | ReservationPromoted
  | ReservationCommitted
  | ReservationCommitReversed
  | ReservationReleased
  | ReservationExpired
  | ReservationExtended;

/** So many units at one location. */
export interface Take {
  readonly locationId: string;
  readonly quantity: number;
}

/** Why a location was chosen for a take. */
export interface ExplainedTake extends Take {
  readonly because: string;
}

/** The product's master data became known or changed; `verified: false` when only an ERP event named the SKU so far. */
export interface ProductDescribed {
  readonly type: 'ProductDescribed';
  readonly commandId: string;
  readonly verified: boolean;
  readonly name?: string;
  readonly category?: string;
  readonly barcode?: string;
  readonly brandId?: string;
  /** Cost of one unit in minor units of the tenant's currency. */
  readonly costMinor?: number;
  /** Below this many available units over all locations the SKU counts as low. */
  readonly lowStockThreshold?: number;
}

export interface SafetyStockSet {
  readonly type: 'SafetyStockSet';
  readonly commandId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** An ERP's absolute figure was reconciled: on hand = figure - what the ERP had not posted as of then. */
export interface LevelReported {
  readonly type: 'LevelReported';
  readonly locationId: string;
  readonly connectionId: string;
  readonly messageId: string;
  readonly figure: number;
  readonly asOf: number;
  /** Net units that the figure does not know yet (commits count negative, later receipts positive). */
  readonly unpostedUnits: number;
  /** Own commits and moves up to this time were presumed to be in the figure (as-of minus the connection's posting lag). */
  readonly presumedPostedUntil?: number;
  /** Change of on hand that this made. */
  readonly delta: number;
}

/** A figure not newer than the last one of its location (or than the journal reaches back): recorded, without effect. */
export interface LevelRefused {
  readonly type: 'LevelRefused';
  readonly locationId: string;
  readonly connectionId: string;
  readonly messageId: string;
  readonly figure: number;
  readonly asOf: number;
  readonly lastAsOf: number;
}

export interface StockReceived {
  readonly type: 'StockReceived';
  readonly locationId: string;
  readonly quantity: number;
  readonly effectiveAt: number;
  readonly messageId: string;
  readonly documentId?: string;
  /** Set when an ERP posted it; its later figures then contain it. */
  readonly connectionId?: string;
  /** Units of an own move or transfer with this document id that are posted by this; on hand had them already. */
  readonly acknowledgedUnits: number;
  /** Deliveries that were expected and that this is, whole or in part. */
  readonly inbound?: readonly InboundArrival[];
  /** Change of on hand that this made; nothing for units that a figure of the ERP contained before the message came. */
  readonly delta: number;
}

/** Goods left. The part that acknowledges commits of `orderId` was taken from on hand when these were committed. */
export interface StockIssued {
  readonly type: 'StockIssued';
  readonly locationId: string;
  readonly quantity: number;
  readonly effectiveAt: number;
  readonly messageId: string;
  readonly documentId?: string;
  readonly connectionId?: string;
  readonly orderId?: string;
  /** Commits of this order (or own moves of this document) at this location that are posted by this. */
  readonly acknowledgedUnits: number;
  /** Commits of this order at other locations that were fulfilled from here instead: these get their units back. */
  readonly reassigned: readonly Take[];
  /** Commits of this order that a figure was presumed to contain by the posting lag. */
  readonly presumedUnits: number;
  /** Units that matched no commit; a later commit of `orderId` is set off against them. */
  readonly unmatchedUnits: number;
  /**
   * Change of on hand here: what was not acknowledged goes down. Where a figure contained the issue before its message came,
   * the acknowledged commits were taken off twice until now and come back instead.
   */
  readonly delta: number;
}

export interface StockAdjusted {
  readonly type: 'StockAdjusted';
  readonly locationId: string;
  readonly delta: number;
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
  readonly commandId: string;
  /** The counted figure, where the caller gave one instead of a difference. */
  readonly counted?: number;
}

/** Virtual stock moved between locations at once. */
export interface StockMoved {
  readonly type: 'StockMoved';
  readonly commandId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  readonly reference: string;
}

export interface TransferShipped {
  readonly type: 'TransferShipped';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
}

/** Units of a transfer arrived: in transit to on hand of the destination. */
export interface TransferReceived {
  readonly type: 'TransferReceived';
  readonly transferId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  /** Distinguishes several receipts of one transfer. */
  readonly receiptId: string;
}

/** What was still in transit went back to its source (transfer cancelled, or a shipment of several SKUs that could not be completed). */
export interface TransferReturned {
  readonly type: 'TransferReturned';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
}

export interface ReservationPlaced {
  readonly type: 'ReservationPlaced';
  readonly reservationId: string;
  readonly orderId: string;
  readonly takes: readonly ExplainedTake[];
  readonly expiresAt: number;
  readonly channelId?: string;
  /** Whose units these are: a customer or a session. */
  readonly holderId?: string;
  /** Of the units, promised beyond what lies there, from the budget for overbooking. */
  readonly overbookedUnits?: number;
  /** Units beyond the takes that wait for supply. */
  readonly waiting?: WaitingUnits;
  /** Of the request that placed it: a repeat must carry the same. */
  readonly requestHash: string;
  /** Units that were asked for; more than was taken where partial placement was allowed. */
  readonly requested: number;
}

/** Units left the promise for good: reserved and on hand both go down. */
export interface ReservationCommitted {
  readonly type: 'ReservationCommitted';
  readonly reservationId: string;
  /** Of the command that committed; a reversal names it. */
  readonly commitId: string;
  readonly orderId: string;
  readonly takes: readonly Take[];
  /** Of these, already issued by the ERP before the commit: on hand is not lowered again for them. */
  readonly alreadyIssued: readonly Take[];
  /** Units still held afterwards, or waiting for supply. */
  readonly openUnits: number;
}

/** A commit of several SKUs could not be completed; this SKU's part is taken back. The units are free again. */
export interface ReservationCommitReversed {
  readonly type: 'ReservationCommitReversed';
  readonly reservationId: string;
  readonly commitId: string;
  readonly orderId: string;
  readonly takes: readonly Take[];
  /** Of these, back on hand; the others an ERP has issued already, so that they are gone whoever they were for. */
  readonly restored: readonly Take[];
}

export interface ReservationReleased {
  readonly type: 'ReservationReleased';
  readonly reservationId: string;
  readonly takes: readonly Take[];
}

export interface ReservationExpired {
  readonly type: 'ReservationExpired';
  readonly reservationId: string;
  readonly takes: readonly Take[];
  readonly expiresAt: number;
}

export interface ReservationExtended {
  readonly type: 'ReservationExtended';
  readonly reservationId: string;
  readonly expiresAt: number;
  /** Who asked for it; missing where it waits on by itself, and in events from before it was kept. */
  readonly commandId?: string;
}
