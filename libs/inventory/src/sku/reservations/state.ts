import type { PositionChange } from '../lots/events.js';
import type { ExplainedTake, Take } from '../stock-place.js';

/** The units of a reservation that wait for supply. */
export interface Waiting {
  readonly units: number;
  readonly ttlMs: number;
  /** Only these locations may serve them; any where undefined. */
  readonly locationIds: readonly string[] | undefined;
  /** The expiry that the caller was told for held units, by the placement or an extension; 0 before that. */
  readonly grantedUntil: number;
}

export interface Commit {
  readonly commitId: string;
  readonly takes: readonly Take[];
  /** The positions that it took, where there are any. */
  readonly positions?: readonly PositionChange[];
  /** Whether the commit was reversed. */
  readonly reversed: boolean;
}

/** A part that was released while the rest stayed held. */
export interface PartialRelease {
  readonly releaseId: string;
  readonly units: number;
}

interface Reservation {
  readonly reservationId: string;
  readonly orderId: string;
  readonly channelId?: string | undefined;
  readonly holderId?: string | undefined;
  readonly requestHash: string;
  /** Units of the request. */
  readonly requested: number;
  readonly placedAt: number;
  /** Units taken at placement, or later when they were promoted, with the reason for each location. */
  placed: readonly ExplainedTake[];
  /** Units committed so far, without those of reversed commits. */
  committed: readonly Take[];
  /** All of them, oldest first: a repeat of one changes nothing. */
  commits: readonly Commit[];
  releases: readonly PartialRelease[];
}

export interface OpenReservation extends Reservation {
  /** Units still held. */
  takes: readonly Take[];
  /** Units that wait for supply; undefined for none. */
  waiting: Waiting | undefined;
  expiresAt: number;
  /** When its units were sold, where the request said so. */
  readonly soldAt: number | undefined;
  /** The latest commands that extended it, oldest first. */
  extensionIds: readonly string[];
  /** Index in `SkuState.expiries`. */
  slot: number;
}

export type ReservationOutcome = 'committed' | 'released' | 'expired' | 'reversed';

export interface EndedReservation extends Reservation {
  outcome: ReservationOutcome;
  readonly expiresAt: number;
  readonly endedAt: number;
}
