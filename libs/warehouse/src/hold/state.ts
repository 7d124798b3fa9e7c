import type { HoldCallLine, HoldCallEvent, HoldCallStarted } from './events.js';

/** `none` before the first event, `placing` while a process works on it; the others are terminal. */
export type HoldCallPhase = 'none' | 'placing' | 'placed' | 'partly_placed' | 'refused';

export interface HoldCallState extends Omit<HoldCallStarted, 'type'> {
  readonly phase: HoldCallPhase;
  /** One a line, once it has ended. */
  readonly outcomes: readonly HoldCallLine[];
}

export const initialHoldCallState = (): HoldCallState => ({
  phase: 'none',
  holdId: '',
  holdType: 'other',
  createdBy: '',
  person: '',
  lines: [],
  requestHash: '',
  outcomes: [],
});

/** Applies an event and returns the new state. */
export function evolveHoldCall(state: HoldCallState, event: HoldCallEvent): HoldCallState {
  switch (event.type) {
    case 'HoldCallStarted': {
      const { type: _, ...call } = event;
      return { ...call, phase: 'placing', outcomes: [] };
    }
    case 'HoldCallCompleted':
      return { ...state, phase: endOf(event.outcomes), outcomes: event.outcomes };
    default:
      return event satisfies never;
  }
}

function endOf(outcomes: readonly HoldCallLine[]): HoldCallPhase {
  const refused = outcomes.filter(({ refusal }) => refusal !== undefined).length;
  if (refused === 0) return 'placed';
  return refused === outcomes.length ? 'refused' : 'partly_placed';
}
