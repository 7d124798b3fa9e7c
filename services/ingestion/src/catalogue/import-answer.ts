import type { BulkAnswer, LineResult } from '../lines/line-result.js';
import { bulkAnswer } from '../lines/line-result.js';
import type { NameOfLine } from '../lines/repeats.js';
import { IsFlag } from '@holdfast/platform';
import type { CsvLine } from '../csv/read-csv.js';

export class ImportQuery {
  @IsFlag({ optional: true, query: true, description: 'Check only, change nothing' })
  readonly dryRun?: boolean;
}

export interface ImportedLine extends LineResult {
  /** In the file; the header is line 1. */
  readonly line: number;
}

export interface ImportAnswer extends BulkAnswer<ImportedLine> {
  readonly dryRun: boolean;
}

/** The answer to an import; results are those of its lines, in order. */
export const importAnswer = (lines: readonly CsvLine[], results: readonly LineResult[], dryRun: boolean): ImportAnswer => ({
  dryRun,
  ...bulkAnswer(results.map((result) => ({ line: lines[result.index]?.line ?? 0, ...result }))),
});

/** Lines of a file by their number in it. */
export const namesOf =
  (lines: readonly CsvLine[]): NameOfLine =>
  (index) =>
    `line ${lines[index]?.line ?? 0}`;
