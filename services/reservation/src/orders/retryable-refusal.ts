import type { ShortLine } from '@holdfast/inventory';
import type { LineAnswer } from './holding.js';

/** Codes of lines that were not refused for good: another try may succeed at once. */
const PASSING = new Set(['contended', 'sku_busy', 'interrupted']);

/** Whether nothing but the moment was against the order. */
export const isPassing = (lines: readonly ShortLine[]): boolean => lines.some(({ code }) => code !== undefined && PASSING.has(code));

/**
 * Figures of the lines that were refused. On the first try, an order that is short only of what others may give back in a moment is
 * refused for the moment; a further try has waited for them and is final.
 */
export function shortLines(answers: readonly LineAnswer[], first: boolean): readonly ShortLine[] {
  const refused = answers.filter((answer) => answer.kind !== 'held');
  const short = refused.filter((answer) => answer.kind === 'short');
  // A line that is short in earnest decides, whatever the others may come to.
  const earnest = short.filter(({ contended }) => !contended || !first);
  if (earnest.length > 0) return earnest.map(({ line }) => line);
  return refused.map(({ kind, line }) => (kind === 'busy' ? line : { ...line, code: 'contended' }));
}
