import type { ChangesHeld } from '../holds/events.js';
import type { ChangesPositions } from '../lots/events.js';
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
  /** The customer or session that the units are for. */
  readonly holderId?: string;
  /** Of the units, those beyond on hand, from the budget for overbooking. */
  readonly overbookedUnits?: number;
  /** Units in addition to the takes that wait for supply. */
  readonly waiting?: WaitingUnits;
  /** When the units were sold, where the request said so; its commits take it over. */
  readonly soldAt?: number;
  /** Hash of the request that placed it; a repeat must have the same. */
  readonly requestHash: string;
  /** Units of the request; more than were taken when partial placement was allowed. */
  readonly requested: number;
}

/** Units were sold: reserved and on hand both go down. */
export interface ReservationCommitted extends ChangesHeld, ChangesPositions {
  readonly type: 'ReservationCommitted';
  readonly reservationId: string;
  /** Id of the command that committed; a reversal names it. */
  readonly commitId: string;
  readonly orderId: string;
  readonly takes: readonly Take[];
  /** Of these, units that the ERP issued before the commit: on hand is not lowered again for them. */
  readonly alreadyIssued: readonly Take[];
  /** Units still held afterwards, or waiting for supply. */
  readonly openUnits: number;
  /** When the units were sold, where the commit or its reservation said so: what a count of before then does not contain. */
  readonly soldAt?: number;
  /** The command named lots that are not the first to expire. */
  readonly fefoOverridden?: boolean;
  /** A person said that units may leave although what may leave was recorded as fewer. */
  readonly allowUncovered?: boolean;
}

/** A commit of several SKUs could not be completed, so the part of this SKU is reversed. The units are free again. */
export interface ReservationCommitReversed extends ChangesHeld, ChangesPositions {
  readonly type: 'ReservationCommitReversed';
  readonly reservationId: string;
  readonly commitId: string;
  readonly orderId: string;
  readonly takes: readonly Take[];
  /** Of these, units that are back on hand. The others were issued by an ERP already, so they are gone. */
  readonly restored: readonly Take[];
}

/** A part was released by request; the rest stays held. */
export interface ReservationReduced {
  readonly type: 'ReservationReduced';
  readonly reservationId: string;
  /** Id of the command that released the part. */
  readonly releaseId: string;
  /** Units that are free again. */
  readonly takes: readonly Take[];
  /** Units that waited for supply and no longer wait; these are released before any that are held. */
  readonly givenUpUnits: number;
  /** Units that still wait. */
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
  /**
   * The command that extended it; missing when a waiting reservation was extended by its own decision, and in events from before this field
   * existed.
   */
  readonly commandId?: string;
}
