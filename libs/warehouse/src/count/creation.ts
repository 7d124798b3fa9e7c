import { accept, refuse } from '@holdfast/inventory';
import type { CancelCount, CreateCountBatch } from './commands.js';
import type { CountLine } from './events.js';
import { overlap } from './place.js';
import { MAX_LINES_PER_COUNT } from './limits.js';
import { batchContradiction, type CountDecision } from './phases.js';
import { isBooking, type CountState } from './state.js';

/** Decides to create a batch. A repeat of the same request changes nothing. */
export function create(state: CountState, command: CreateCountBatch): CountDecision {
  if (state.phase === 'cancelled' && state.requestHash === '') return batchContradiction(state);
  if (state.phase !== 'none') {
    return state.requestHash === command.requestHash ? accept() : refuse('idempotency_mismatch', { batchId: state.batchId });
  }
  const { type: _, at: __, commandId: ___, by, ...batch } = command;
  const { lines } = batch;
  if (lines.length === 0) return refuse('no_lines');
  if (lines.length > MAX_LINES_PER_COUNT) return refuse('too_many_lines', { lines: lines.length, most: MAX_LINES_PER_COUNT });
  const twice = lines.find((line, index) => lines.some((other, place) => place < index && overlap(line, other)));
  if (twice !== undefined) return refuse('duplicate_line', nameOf(twice));
  return accept({ type: 'CountBatchCreated', ...batch, createdBy: by });
}

/** A line by its SKU, lot and bin. */
export const nameOf = ({ sku, lotId, binId }: CountLine): Pick<CountLine, 'sku' | 'lotId' | 'binId'> => ({
  sku,
  ...(lotId === undefined ? {} : { lotId }),
  ...(binId === undefined ? {} : { binId }),
});

/** Decides to end a batch of which nothing was booked. One that was never created is closed, so that it never will be. */
export function cancel(state: CountState, { by }: CancelCount): CountDecision {
  if (state.phase === 'cancelled') return accept();
  if (state.phase === 'resolved') return batchContradiction(state);
  const booked = state.lines.filter((line) => line.booked !== undefined).map(({ lineId }) => lineId);
  if (booked.length > 0 || isBooking(state)) return refuse('batch_partly_resolved', { batchId: state.batchId, lines: booked });
  return accept({ type: 'CountBatchCancelled', by });
}

/** The first name that occurs a second time. */
export function firstTwice(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}
