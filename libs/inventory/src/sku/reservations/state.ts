import type { ExplainedTake, Take } from '../stock-place.js';

/** Units of a reservation that wait. */
export interface Waiting {
  readonly units: number;
  readonly ttlMs: number;
  /** Only these locations may serve them; any where undefined. */
  readonly locationIds: readonly string[] | undefined;
  /** Until when the caller was told that units are held: by the placement, or an extension; 0 for not yet. */
  readonly grantedUntil: number;
}

export interface Commit {
  readonly commitId: string;
  readonly takes: readonly Take[];
  /** Taken back since. */
  readonly reversed: boolean;
}

/** A part that was let go while the rest stayed held. */
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
  /** Units asked for. */
  readonly requested: number;
  readonly placedAt: number;
  /** Units taken when it was placed, or later where they waited, with the reason for each location. */
  placed: readonly ExplainedTake[];
  /** Units committed so far, without those taken back. */
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
  /** The latest commands that extended it, oldest first. */
  extensionIds: readonly string[];
  /** Its place in `SkuState.expiries`. */
  slot: number;
}

export type ReservationOutcome = 'committed' | 'released' | 'expired' | 'reversed';

export interface EndedReservation extends Reservation {
  outcome: ReservationOutcome;
  readonly expiresAt: number;
  readonly endedAt: number;
}
