import type { ChangesHeld } from '../holds/events.js';
import type { ChangesPositions } from '../lots/events.js';
import type { Take } from '../stock-place.js';

export type ReconciliationEvent = LevelReported | LevelRefused | StockIssued;

/** An ERP's absolute figure was reconciled: on hand = figure - what the ERP had not posted as of then. */
export interface LevelReported extends ChangesHeld {
  readonly type: 'LevelReported';
  readonly locationId: string;
  readonly connectionId: string;
  readonly messageId: string;
  readonly figure: number;
  readonly asOf: number;
  /** Net units that the figure does not contain (commits count negative, later receipts positive). */
  readonly unpostedUnits: number;
  /** Own commits and moves up to this time were presumed to be in the figure (as-of minus the connection's posting lag). */
  readonly presumedPostedUntil?: number;
  /** The ERP posts adjustments of Holdfast itself; from now on they count as posted when it has. */
  readonly adjustmentsPostedBack?: boolean;
  /** The document that changed the figure. */
  readonly documentId?: string;
  /** The change of on hand by this event. */
  readonly delta: number;
}

/** A figure that is not newer than the last one of its location, or older than the journal: recorded, without effect. */
export interface LevelRefused {
  readonly type: 'LevelRefused';
  readonly locationId: string;
  readonly connectionId: string;
  readonly messageId: string;
  readonly figure: number;
  readonly asOf: number;
  readonly lastAsOf: number;
}

/** Goods left. The part that acknowledges commits of `orderId` was taken from on hand when these were committed. */
export interface StockIssued extends ChangesHeld, ChangesPositions {
  readonly type: 'StockIssued';
  readonly locationId: string;
  readonly quantity: number;
  readonly effectiveAt: number;
  readonly messageId: string;
  readonly documentId?: string;
  readonly connectionId?: string;
  /** The lot that the units were of, by the ERP. */
  readonly lotId?: string;
  readonly orderId?: string;
  /** Commits of this order (or own moves of this document) at this location that are posted by this. */
  readonly acknowledgedUnits: number;
  /** Commits of this order at other locations that were fulfilled from here instead: those locations get their units back. */
  readonly reassigned: readonly Take[];
  /** Commits of this order that a figure was presumed to contain by the posting lag. */
  readonly presumedUnits: number;
  /** Units that matched no commit; a later commit of `orderId` is set off against them. */
  readonly unmatchedUnits: number;
  /**
   * Change of on hand here: units that were not acknowledged are subtracted. If a figure contained the issue before its message came, the
   * acknowledged commits had been subtracted twice and are added back.
   */
  readonly delta: number;
}
