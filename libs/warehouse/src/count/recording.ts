import { accept, refuse } from '@holdfast/inventory';
import type { AddCountLine, RecordCounts, RemoveCountLine, StartCount } from './commands.js';
import type { RecordedCount } from './events.js';
import { firstTwice, nameOf } from './creation.js';
import { overlap } from './place.js';
import { MAX_LINES_PER_COUNT } from './limits.js';
import { batchContradiction, lineOf, unknownLine, type CountDecision, type CountRefusal } from './phases.js';
import { statedFault } from './picked-units.js';
import type { CountLineState, CountState } from './state.js';

const isOpen = ({ phase }: CountState): boolean => phase === 'open' || phase === 'counting';

/** Decides to begin counting. */
export function start(state: CountState, { by }: StartCount): CountDecision {
  if (state.phase === 'counting') return accept();
  return state.phase === 'open' ? accept({ type: 'CountStarted', by }) : batchContradiction(state);
}

/** Decides to record what a person counted, all lines or none. */
export function record(state: CountState, { by, counts }: RecordCounts): CountDecision {
  if (!isOpen(state)) return batchContradiction(state);
  const twice = firstTwice(counts.map(({ lineId }) => lineId));
  if (twice !== undefined) return refuse('duplicate_line', { lineId: twice });
  const fault = counts.map((count) => countFault(state, by, count)).find((found) => found !== undefined);
  return fault ?? (counts.length === 0 ? refuse('no_lines') : accept({ type: 'CountsRecorded', by, counts }));
}

function countFault(state: CountState, by: string, count: RecordedCount): CountRefusal | undefined {
  const line = lineOf(state, count.lineId);
  if (line === undefined) return unknownLine(count.lineId);
  return closedFault(line) ?? counterFault(line, by) ?? statedFault(count.quantity, count.book, count);
}

/** A line that is decided, or waits for a reviewer, takes no count. */
function closedFault({ lineId, status }: CountLineState): CountRefusal | undefined {
  if (status === 'to_count' || status === 'counted' || status === 'recount' || status === 'stale') return undefined;
  return refuse(`line_${status}`, { lineId, status });
}

/** A recount is by a person who did not count the line before. */
function counterFault({ lineId, entries, round }: CountLineState, by: string): CountRefusal | undefined {
  const counted = entries.some((entry) => !entry.void && entry.round < round && entry.by === by);
  return counted ? refuse('same_counter', { lineId }) : undefined;
}

/** Decides to add what was found and is on no line. */
export function addLine(state: CountState, { by, line, count, commandId }: AddCountLine): CountDecision {
  if (state.lines.some(({ addedBy }) => addedBy === commandId)) return accept();
  if (!isOpen(state)) return batchContradiction(state);
  const known = state.lines.find((each) => overlap(each, line));
  if (known !== undefined) return refuse('already_being_counted', { ...nameOf(line), batchId: state.batchId, lineId: known.lineId });
  if (state.lines.length >= MAX_LINES_PER_COUNT)
    return refuse('too_many_lines', { lines: state.lines.length + 1, most: MAX_LINES_PER_COUNT });
  const fault = statedFault(count.quantity, count.book, count);
  if (fault) return fault;
  const lineId = String(state.lastLine + 1);
  return accept(
    { type: 'CountLineAdded', by, line: { ...line, lineId }, commandId },
    { type: 'CountsRecorded', by, counts: [{ ...count, lineId }] },
  );
}

/** Decides to take back a line that was added. */
export function removeLine(state: CountState, { by, lineId }: RemoveCountLine): CountDecision {
  if (!isOpen(state)) return batchContradiction(state);
  const line = lineOf(state, lineId);
  if (line === undefined) return unknownLine(lineId);
  if (!line.added) return refuse('line_not_added', { lineId });
  return closedFault(line) ?? accept({ type: 'CountLineRemoved', by, lineId });
}
