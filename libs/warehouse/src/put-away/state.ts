import type { ClaimOutcome, MoveOutcome, PlannedLine, PutAwayEvent, PutAwayMoveStarted, PutAwayRefusal, PutAwayStarted } from './events.js';
import { MAX_ROUNDS } from './limits.js';

/** Phases in -ing are decided and being carried out. `refused`: no bin gave space, so there is no task. */
export type PutAwayPhase = 'none' | 'planning' | 'claiming' | 'open' | 'moving' | 'completed' | 'cancelling' | 'cancelled' | 'refused';

export const PUT_AWAY_STATUSES = ['open', 'in_progress', 'partly_completed', 'completed', 'cancelled'] as const;
export type PutAwayStatus = (typeof PUT_AWAY_STATUSES)[number];

export interface PutAwayLine extends PlannedLine {
  readonly completed: number;
}

export interface PutAwayState extends Omit<PutAwayStarted, 'type'> {
  readonly phase: PutAwayPhase;
  /** With space claimed in their bins. */
  readonly lines: readonly PutAwayLine[];
  /** Being claimed. */
  readonly planned: readonly PlannedLine[];
  readonly rounds: number;
  readonly assignedTo: string | null;
  readonly running?: Omit<PutAwayMoveStarted, 'type'>;
  /** Of moves that were carried out. */
  readonly moveIds: readonly string[];
  /** Of the newest move. */
  readonly outcomes: readonly MoveOutcome[];
  readonly refusal?: PutAwayRefusal;
}

export const initialPutAwayState = (): PutAwayState => ({
  phase: 'none',
  taskId: '',
  sku: '',
  locationId: '',
  quantity: 0,
  createdBy: '',
  requestHash: '',
  lines: [],
  planned: [],
  rounds: 0,
  assignedTo: null,
  moveIds: [],
  outcomes: [],
});

const sumOf = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** Units without a bin. */
export const unplacedUnits = ({ quantity, lines }: PutAwayState): number => quantity - sumOf(lines);
export const completedUnits = ({ lines }: PutAwayState): number => lines.reduce((sum, { completed }) => sum + completed, 0);

export const isPutAwayUnderWay = ({ phase }: PutAwayState): boolean =>
  phase === 'planning' || phase === 'claiming' || phase === 'moving' || phase === 'cancelling';

/** What people see; undefined where there is no task. */
export function putAwayStatus(state: PutAwayState): PutAwayStatus | undefined {
  const { phase, assignedTo } = state;
  if (phase === 'none' || phase === 'refused') return undefined;
  if (phase === 'completed' || phase === 'cancelled') return phase;
  if (completedUnits(state) > 0) return 'partly_completed';
  return assignedTo === null ? 'open' : 'in_progress';
}

/** Applies an event and returns the new state. */
export function evolvePutAway(state: PutAwayState, event: PutAwayEvent): PutAwayState {
  switch (event.type) {
    case 'PutAwayStarted': {
      const { type: _, ...task } = event;
      return { ...initialPutAwayState(), ...task, phase: 'planning' };
    }
    case 'PutAwayPlanned':
      return { ...state, phase: 'claiming', planned: event.lines, rounds: state.rounds + 1 };
    case 'PutAwayClaimed':
      return claimed(state, event.outcomes, event.isLast);
    case 'PutAwayAssigned':
      return { ...state, assignedTo: event.assignedTo };
    case 'PutAwayMoveStarted': {
      const { type: _, ...running } = event;
      return { ...state, phase: 'moving', running };
    }
    case 'PutAwayMoved':
      return moved(state, event.moveId, event.outcomes);
    case 'PutAwayCancelStarted':
      return { ...state, phase: 'cancelling' };
    case 'PutAwayCancelled':
      return { ...state, phase: 'cancelled' };
    default:
      return event satisfies never;
  }
}

function claimed(state: PutAwayState, outcomes: readonly ClaimOutcome[], isLast: boolean): PutAwayState {
  const given = new Map(outcomes.map(({ claimId, quantity }) => [claimId, quantity]));
  const fresh = state.planned.map((line) => ({ ...line, quantity: given.get(line.claimId) ?? 0, completed: 0 }));
  const lines = [...state.lines, ...fresh.filter(({ quantity }) => quantity > 0)];
  const next = { ...state, lines, planned: [] };
  if (!isLast) return { ...next, phase: 'planning' };
  if (lines.length > 0) return { ...next, phase: 'open' };
  const refusal = state.toBinId === undefined ? undefined : outcomes.find((each) => each.refusal !== undefined)?.refusal;
  return { ...next, phase: 'refused', refusal: refusal ?? { code: 'no_space' } };
}

function moved(state: PutAwayState, moveId: string, outcomes: readonly MoveOutcome[]): PutAwayState {
  const done = new Map(outcomes.filter(({ refusal }) => refusal === undefined).map(({ claimId, quantity }) => [claimId, quantity]));
  const lines = state.lines.map((line) => ({ ...line, completed: line.completed + (done.get(line.claimId) ?? 0) }));
  const { running: _, ...rest } = state;
  const isDone = lines.every(({ quantity, completed }) => quantity === completed);
  return { ...rest, lines, outcomes, moveIds: [...state.moveIds, moveId], phase: isDone ? 'completed' : 'open' };
}

/** Whether the bins need not be asked again after these answers: all is placed, or asking again would not help. */
export function isLastRound(state: PutAwayState, outcomes: readonly ClaimOutcome[]): boolean {
  const got = sumOf(outcomes);
  return got === 0 || got === unplacedUnits(state) || state.toBinId !== undefined || state.rounds >= MAX_ROUNDS;
}
