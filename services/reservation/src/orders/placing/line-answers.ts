import type { HeldLine, OrderState, ShortLine } from '@holdfast/inventory';
import { isLimitCode } from '../../reservations/limit-refusals.js';
import { interrupted } from './following.js';
import type { LineAnswer } from './holding.js';
import { late } from './late.js';

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

/**
 * Returns the answers with holds that have run out as refused lines. The time to live of an order counts from its request, so an order must
 * be placed within it. A hold that ends earlier was placed by an earlier request, and a further try may do better.
 */
export const unlessLate = (answers: readonly LineAnswer[], order: Pick<OrderState, 'expiresAt'>, at: number): readonly LineAnswer[] =>
  answers.map((answer) => {
    if (answer.kind !== 'held' || at < answer.expiresAt) return answer;
    const line = late({ sku: answer.line.sku, quantity: answer.line.requested });
    return { kind: 'short', line: answer.expiresAt < order.expiresAt ? interrupted(line) : line, contended: false };
  });
