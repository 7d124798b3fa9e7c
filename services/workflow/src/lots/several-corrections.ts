import { Problem } from '@holdfast/platform';
import { fieldFault } from '../adjustments/subject.js';
import type { CorrectedLineView, CorrectionType, LotCorrectionRequest } from './correction.dto.js';

const OF_SEVERAL: ReadonlySet<CorrectionType> = new Set(['assign', 'reassign', 'split', 'merge']);

/** One correction a line; the single one that is asked for where there are no lines. @throws Problem 400 where lines cannot be */
export function eachCorrection({ lines, ...shared }: LotCorrectionRequest): readonly LotCorrectionRequest[] {
  if (lines === undefined) return [shared];
  if (!OF_SEVERAL.has(shared.type)) throw fieldFault('lines', `must be left out with ${shared.type}`);
  if (shared.dryRun === true) throw fieldFault('dryRun', 'must be left out with lines');
  return lines.map((line) => ({ ...shared, ...line }));
}

/** What became of the lines. @throws Problem of the first, with all in its details, where every line was refused */
export function settledLines(lines: readonly (CorrectedLineView | Problem)[]): readonly CorrectedLineView[] {
  const [first] = lines;
  if (first instanceof Problem && lines.every((line) => line instanceof Problem)) {
    const details = lines.map(({ code, details: [detail] }, index) => ({ line: index + 1, code, ...detail }));
    throw new Problem(first.status, first.code, first.message, { details });
  }
  return lines.map((line, index) =>
    line instanceof Problem ? { line: index + 1, status: 'refused', code: line.code, changes: [] } : line,
  );
}
