import { accept } from '@holdfast/inventory';
import type { ReportHeld, ReportReleased } from './commands.js';
import type { CountDecision } from './phases.js';
import type { CountState } from './state.js';

/** Records which holds were placed. What was reported before is not reported again. */
export function reportHeld({ holds }: CountState, command: ReportHeld): CountDecision {
  const known = new Set(holds.map(({ lineId }) => lineId));
  const lines = command.lines.filter(({ lineId }) => !known.has(lineId));
  return lines.length === 0 ? accept() : accept({ type: 'CountStockHeld', lines });
}

/** Records which holds ended. */
export function reportReleased({ holds }: CountState, command: ReportReleased): CountDecision {
  const known = new Set(holds.map(({ lineId }) => lineId));
  const lines = command.lines.filter((lineId) => known.has(lineId));
  return lines.length === 0 ? accept() : accept({ type: 'CountStockReleased', lines });
}
