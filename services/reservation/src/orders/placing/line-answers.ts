import type { HeldLine, ShortLine } from '@holdfast/inventory';
import { isLimitCode } from '../../reservations/limit-refusals.js';
import type { LineAnswer } from './holding.js';

/** The lines to hold; undefined where the order must be refused. With `partial`, one unit of one line is enough. */
export function heldLines(answers: readonly LineAnswer[], partial: boolean): readonly HeldLine[] | undefined {
  const lines: HeldLine[] = [];
  for (const answer of answers) {
    if (answer.kind === 'held') lines.push(answer.line);
    else if (partial && answer.kind === 'short' && isForWantOfUnits(answer.line)) lines.push({ ...answer.line, takes: [] });
    else return undefined;
  }
  return lines.some(({ takes }) => takes.length > 0) ? lines : undefined;
}

/** Whether the line is short of stock or refused by a limit. With `partial` the order goes on without it. */
const isForWantOfUnits = ({ code }: ShortLine): boolean => code === undefined || isLimitCode(code);

/** SKUs that hold something now. */
export const heldSkus = (answers: readonly LineAnswer[]): readonly string[] =>
  answers.filter(({ kind }) => kind === 'held').map(({ line }) => line.sku);
