import { refuse, type Decision, type Refusal } from '@holdfast/inventory';
import type { CountEvent } from './events.js';
import type { CountLineState, CountState } from './state.js';

/** Every code that refuses a command on a batch, or one of its lines. */
export type CountRefusalCode =
  | 'unknown_batch'
  | 'batch_open'
  | 'batch_counting'
  | 'batch_review'
  | 'batch_resolved'
  | 'batch_cancelled'
  | 'batch_partly_resolved'
  | 'idempotency_mismatch'
  | 'no_lines'
  | 'too_many_lines'
  | 'duplicate_line'
  | 'unknown_line'
  | 'already_being_counted'
  | 'line_not_counted'
  | 'line_not_added'
  | 'line_review'
  | 'line_accepting'
  | 'line_equal'
  | 'line_accepted'
  | 'line_rejected'
  | 'same_counter'
  | 'own_count'
  | 'recount_required'
  | 'too_many_recounts'
  | 'picked_units_unknown'
  | 'picked_units_exceed'
  | 'reason_direction';

export type CountDecision = Decision<CountEvent, CountRefusalCode>;
export type CountRefusal = Refusal<CountRefusalCode>;

/** The refusal of a command that the batch's phase does not allow; the code names the phase. */
export const batchContradiction = (state: CountState): CountRefusal =>
  state.phase === 'none' ? refuse('unknown_batch') : refuse(`batch_${state.phase}`, { batchId: state.batchId, status: state.phase });

/** The refusal for a line of the batch that does not exist. */
export const unknownLine = (lineId: string): CountRefusal => refuse('unknown_line', { lineId });

export const lineOf = (state: CountState, lineId: string): CountLineState | undefined => state.lines.find((line) => line.lineId === lineId);
