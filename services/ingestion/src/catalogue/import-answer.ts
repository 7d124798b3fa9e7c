import type { NameOfLine } from '../lines/repeats.js';
import type { CsvLine } from '../csv/csv-table.js';
import type { BulkAnswer, LineResult } from '../lines/line-result.dto.js';
import { bulkAnswer } from '../lines/line-result.js';

interface Imported {
  /** In the file; the header is line 1. */
  readonly line: number;
}

/** The answer to an import; results are those of its lines, in order. */
export const importAnswer = <Result extends LineResult>(
  lines: readonly CsvLine[],
  results: readonly Result[],
  dryRun: boolean,
): BulkAnswer<Result & Imported> & { readonly dryRun: boolean } => ({
  dryRun,
  ...bulkAnswer(results.map((result) => ({ line: lines[result.index]?.line ?? 0, ...result }))),
});

/** Lines of a file by their number in it. */
export const namesOf =
  (lines: readonly CsvLine[]): NameOfLine =>
  (index) =>
    `line ${lines[index]?.line ?? 0}`;
