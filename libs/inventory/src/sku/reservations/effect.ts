import type { ExplainedTake, Take } from '../stock-place.js';

/**
 * What one event does to one reservation, for readers that follow reservations by their events alone: the read model, the watch for
 * overdue holds, the history of a hold. A part that is missing stays as it was.
 */
export interface ReservationEffect {
  /** Units that are held from now on, beside those held already. */
  readonly taken?: readonly ExplainedTake[];
  /** Units that wait for supply from now on. */
  readonly waitingUnits?: number;
  readonly expiresAt?: number;
  readonly committed?: CommitEffect & {
    /** Units still held, or waiting. */
    readonly openUnits: number;
  };
  /** Units that were let go while the rest stayed held. */
  readonly releasedUnits?: number;
  /** A commit was taken back. */
  readonly reversed?: CommitEffect;
  /** Nothing is held and nothing waits any more. */
  readonly ended?: 'committed' | 'released' | 'expired';
}

interface CommitEffect {
  readonly commitId: string;
  readonly takes: readonly Take[];
}
