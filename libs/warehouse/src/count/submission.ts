import { accept, refuse } from '@holdfast/inventory';
import type { ReportBooking, SubmitCount } from './commands.js';
import { judgeSubmitted } from './judging.js';
import { batchContradiction, lineOf, type CountDecision } from './phases.js';
import { mustBeCounted, type CountState } from './state.js';

/** Decides what becomes of each counted line: accepted, counted again by another person, or shown to a reviewer. */
export function submit(state: CountState, { by, nettings }: SubmitCount): CountDecision {
  if (state.phase === 'review' || state.phase === 'resolved') return accept();
  if (state.phase !== 'open' && state.phase !== 'counting') return batchContradiction(state);
  const open = state.lines.filter(mustBeCounted).map(({ lineId }) => lineId);
  if (open.length > 0) return refuse('line_not_counted', { lines: open });
  const counted = state.lines.filter(({ status }) => status === 'counted');
  const lines = counted.map((line) => judgeSubmitted(state, line, nettings)).filter((line) => line !== undefined);
  return lines.length === 0 ? accept() : accept({ type: 'CountSubmitted', by, lines });
}

/** Records what was booked of the accepted lines. What was reported before is not reported again. */
export function reportBooking(state: CountState, command: ReportBooking): CountDecision {
  const lines = command.lines.filter(({ lineId, entry }) => {
    const line = lineOf(state, lineId);
    return line?.status === 'accepting' && line.judged?.entry === entry;
  });
  return lines.length === 0 ? accept() : accept({ type: 'CountLinesBooked', lines });
}
