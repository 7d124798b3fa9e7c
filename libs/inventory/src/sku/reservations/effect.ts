import type { ExplainedTake, Take } from '../stock-place.js';

/**
 * The effect of one event on one reservation, for readers that follow reservations by their events alone: the read model, the watch for
 * overdue holds, the history of a hold. A missing part means no change.
 */
export interface ReservationEffect {
  /** Units that are held from now on, in addition to those held already. */
  readonly taken?: readonly ExplainedTake[];
  /** Units that wait for supply from now on. */
  readonly waitingUnits?: number;
  readonly expiresAt?: number;
  readonly committed?: CommitEffect & {
    /** Units still held, or waiting. */
    readonly openUnits: number;
  };
  /** Units that were released while the rest stayed held. */
  readonly releasedUnits?: number;
  /** Set for a reversed commit. */
  readonly reversed?: CommitEffect;
  /** Set when no units are held or wait any more. */
  readonly ended?: 'committed' | 'released' | 'expired';
}

interface CommitEffect {
  readonly commitId: string;
  readonly takes: readonly Take[];
}
