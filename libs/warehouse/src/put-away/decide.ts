import { accept, refuse, type Decision } from '@holdfast/inventory';
import type { PutAwayCommand, ReportClaims, ReportMove, StartMove, StartPutAway } from './commands.js';
import type { MoveLine, PutAwayEvent } from './events.js';
import { MAX_MOVES } from './limits.js';
import { isLastRound, type PutAwayState } from './state.js';

export type PutAwayRefusalCode =
  | 'unknown_put_away'
  | 'put_away_completed'
  | 'put_away_cancelled'
  | 'put_away_busy'
  | 'unknown_bin'
  | 'quantity_exceeds_open'
  | 'too_many_moves'
  | 'invalid_quantity'
  | 'idempotency_mismatch';

type PutAwayDecision = Decision<PutAwayEvent, PutAwayRefusalCode>;

/** Decides a step of a task. A command that is already satisfied yields no events. */
export function decidePutAway(state: PutAwayState, command: PutAwayCommand): PutAwayDecision {
  switch (command.type) {
    case 'StartPutAway':
      return start(state, command);
    case 'ReportPlan':
      return state.phase === 'planning' ? accept({ type: 'PutAwayPlanned', lines: command.lines }) : accept();
    case 'ReportClaims':
      return claims(state, command);
    case 'AssignPutAway':
      if (state.assignedTo === command.assignedTo && state.phase !== 'none') return accept();
      return notOpen(state) ?? accept({ type: 'PutAwayAssigned', assignedTo: command.assignedTo });
    case 'StartMove':
      return startMove(state, command);
    case 'ReportMove':
      return reportMove(state, command);
    case 'StartCancelPutAway':
      if (state.phase === 'cancelled' || state.phase === 'cancelling') return accept();
      return notOpen(state) ?? accept({ type: 'PutAwayCancelStarted', by: command.by });
    case 'CompleteCancelPutAway':
      return state.phase === 'cancelling' ? accept({ type: 'PutAwayCancelled' }) : accept();
    default:
      return command satisfies never;
  }
}

function start(state: PutAwayState, { type: _, at: __, commandId: ___, ...task }: StartPutAway): PutAwayDecision {
  if (state.phase !== 'none') return state.requestHash === task.requestHash ? accept() : refuse('idempotency_mismatch');
  if (!Number.isInteger(task.quantity) || task.quantity < 1) return refuse('invalid_quantity', { quantity: task.quantity });
  return accept({ type: 'PutAwayStarted', ...task });
}

const claims = (state: PutAwayState, { outcomes }: ReportClaims): PutAwayDecision =>
  state.phase === 'claiming' ? accept({ type: 'PutAwayClaimed', outcomes, isLast: isLastRound(state, outcomes) }) : accept();

function startMove(state: PutAwayState, { moveId, lines, by }: StartMove): PutAwayDecision {
  if (state.moveIds.includes(moveId) || state.running?.moveId === moveId) return accept();
  const closed = notOpen(state);
  if (closed !== undefined) return closed;
  const spread = lines === undefined ? allOpen(state) : spreadOver(state, lines);
  if (!('kind' in spread)) {
    if (state.moveIds.length >= MAX_MOVES - 1 && unitsOf(spread) < unitsOf(allOpen(state)))
      return refuse('too_many_moves', { most: MAX_MOVES });
    return accept({ type: 'PutAwayMoveStarted', moveId, lines: spread, by });
  }
  return spread;
}

const reportMove = (state: PutAwayState, { moveId, outcomes }: ReportMove): PutAwayDecision =>
  state.running?.moveId === moveId ? accept({ type: 'PutAwayMoved', moveId, outcomes }) : accept();

const unitsOf = (lines: readonly MoveLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const allOpen = ({ lines }: PutAwayState): readonly MoveLine[] =>
  lines.flatMap(({ claimId, quantity, completed }) => (quantity > completed ? [{ claimId, quantity: quantity - completed }] : []));

/** A bin may have several lines: they are filled in their order. */
function spreadOver(state: PutAwayState, asked: NonNullable<StartMove['lines']>) {
  const spread: MoveLine[] = [];
  const wanted = new Map<string, number>();
  for (const { binId, quantity } of asked) wanted.set(binId, (wanted.get(binId) ?? 0) + quantity);
  for (const [binId, quantity] of wanted) {
    const ofBin = state.lines.filter((line) => line.binId === binId);
    if (ofBin.length === 0) return refuse('unknown_bin', { binId });
    const open = ofBin.reduce((sum, line) => sum + line.quantity - line.completed, 0);
    if (quantity > open) return refuse('quantity_exceeds_open', { binId, requested: quantity, open });
    let left = quantity;
    for (const line of ofBin) {
      const units = Math.min(left, line.quantity - line.completed);
      if (units > 0) spread.push({ claimId: line.claimId, quantity: units });
      left -= units;
    }
  }
  return spread;
}

/** The refusal of an action that only an open task takes. */
function notOpen({ phase, taskId }: PutAwayState) {
  switch (phase) {
    case 'open':
      return undefined;
    case 'none':
    case 'refused':
      return refuse('unknown_put_away', { id: taskId });
    case 'completed':
      return refuse('put_away_completed');
    case 'cancelling':
    case 'cancelled':
      return refuse('put_away_cancelled');
    case 'planning':
    case 'claiming':
    case 'moving':
      return refuse('put_away_busy');
    default:
      return phase satisfies never;
  }
}
