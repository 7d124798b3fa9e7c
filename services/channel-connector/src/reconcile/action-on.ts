import type { ConflictStrategy } from '../channels/channel-settings.js';
import type { DriftClass } from './classify.js';

/** What is done about a difference at once; null for nothing, the entry stays open. */
export type DriftAction = 'told again' | 'made ours' | 'waits for a decision' | 'waits for an order that may explain it' | null;

export interface SeenDrift {
  readonly class: DriftClass;
  readonly strategy: ConflictStrategy;
  readonly ours: number;
  readonly theirs: number;
  /** The same figure has been seen for long enough that an order of the channel would have come. */
  readonly isSettled: boolean;
}

/**
 * What is on its way needs nothing. What nobody of ours explains is treated by the conflict strategy; but a lower figure may be a sale whose
 * order is not here yet: booking it would take the units twice, and telling ours again would offer them twice.
 */
export function actionOn({ class: found, strategy, ours, theirs, isSettled }: SeenDrift): DriftAction {
  switch (found) {
    case 'lost':
    case 'doubled':
      return 'told again';
    case 'foreign_edit':
      if (strategy === 'manual') return 'waits for a decision';
      if (theirs < ours && !isSettled) return 'waits for an order that may explain it';
      if (strategy === 'channel_wins') return 'made ours';
      return strategy === 'lower_wins' && theirs < ours ? 'made ours' : 'told again';
    case 'late':
    case 'unmapped':
    case 'vendor_lag':
      return null;
    default:
      return found satisfies never;
  }
}
