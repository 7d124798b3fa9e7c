import type { AdjustmentEvent, AdjustmentStarted, AdjustedLine } from './events.js';

/** `none` before the first event, `applying` while a process works on it; the others are terminal. */
export type AdjustmentPhase = 'none' | 'applying' | 'applied' | 'partly_applied' | 'refused';

export interface AdjustmentState extends Omit<AdjustmentStarted, 'type'> {
  readonly phase: AdjustmentPhase;
  /** One a line, once it has ended. */
  readonly outcomes: readonly AdjustedLine[];
}

export const initialAdjustmentState = (): AdjustmentState => ({
  phase: 'none',
  adjustmentId: '',
  locationId: '',
  reasonCode: '',
  createdBy: '',
  lines: [],
  requestHash: '',
  outcomes: [],
});

/** Applies an event and returns the new state. */
export function evolveAdjustment(state: AdjustmentState, event: AdjustmentEvent): AdjustmentState {
  switch (event.type) {
    case 'AdjustmentStarted': {
      const { type: _, ...document } = event;
      return { ...document, phase: 'applying', outcomes: [] };
    }
    case 'AdjustmentCompleted':
      return { ...state, phase: endOf(event.outcomes), outcomes: event.outcomes };
    default:
      return event satisfies never;
  }
}

function endOf(outcomes: readonly AdjustedLine[]): AdjustmentPhase {
  const refused = outcomes.filter(({ refusal }) => refusal !== undefined).length;
  if (refused === 0) return 'applied';
  return refused === outcomes.length ? 'refused' : 'partly_applied';
}
