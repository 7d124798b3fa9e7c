import { check, Problem } from '@holdfast/platform';
import type { BulkAnswer, LineResult } from './line-result.dto.js';

export function bulkAnswer<Result extends LineResult>(results: readonly Result[]): BulkAnswer<Result> {
  const failed = results.filter(({ status }) => status === 'error').length;
  return { results, summary: { lines: results.length, ok: results.length - failed, failed } };
}

export const failedLine = (index: number, code: string, message: string): LineResult => ({ index, status: 'error', code, message });

/** What a problem comes to for one line; one of the engines is no line's problem and is thrown on. */
export function lineOfProblem(index: number, error: unknown): LineResult {
  if (error instanceof Problem && error.status < 500) return failedLine(index, error.code, error.message);
  throw error;
}

export type CheckedLine<Line> =
  { readonly kind: 'valid'; readonly index: number; readonly line: Line } | { readonly kind: 'faulty'; readonly result: LineResult };

const FAULTS_TOLD_OF_A_LINE = 5;

/** Checks one line of a bulk request against its class. */
export function checkLine<Line extends object>(shape: new () => Line, value: unknown, index: number): CheckedLine<Line> {
  const checked = check(shape, value);
  if ('value' in checked) return { kind: 'valid', index, line: checked.value };
  const told = checked.faults.slice(0, FAULTS_TOLD_OF_A_LINE).map(({ field, message }) => `${field} ${message}`.trim());
  const others = checked.faults.length - told.length;
  return {
    kind: 'faulty',
    result: failedLine(index, 'validation_failed', [...told, ...(others > 0 ? [`${others} more`] : [])].join('; ')),
  };
}

/** Checks the lines of a bulk request one after another; in steps, for `inSlices`. */
export function* checkLines<Line>(
  values: readonly unknown[],
  checkOne: (value: unknown, index: number) => CheckedLine<Line>,
): Generator<undefined, readonly CheckedLine<Line>[]> {
  const lines: CheckedLine<Line>[] = [];
  for (const [index, value] of values.entries()) {
    yield;
    lines.push(checkOne(value, index));
  }
  return lines;
}
