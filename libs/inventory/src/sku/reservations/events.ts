import type { ExplainedTake, Take } from '../stock-place.js';
import type { WaitingUnits } from '../supply/events.js';

export type ReservationEvent =
  | ReservationPlaced
  | ReservationCommitted
  | ReservationCommitReversed
  | ReservationReduced
  | ReservationReleased
  | ReservationExpired
  | ReservationExtended;

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

/** A part is free again, as asked for; the rest stays held. */
export interface ReservationReduced {
  readonly type: 'ReservationReduced';
  readonly reservationId: string;
  /** Of the command that let the part go. */
  readonly releaseId: string;
  /** Units that are free again. */
  readonly takes: readonly Take[];
  /** Units that waited for supply and wait no more; these go before any that are held. */
  readonly givenUpUnits: number;
  /** Units that wait still. */
  readonly waitingUnits: number;
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
