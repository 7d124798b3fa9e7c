import type { ShortLine } from '@holdfast/inventory';
import type { LineAnswer } from './holding.js';

/** Codes of refused lines that a further try may hold at once. */
const RETRYABLE = new Set(['contended', 'sku_busy', 'interrupted']);

/** Whether a further try of the refused order may succeed at once. */
export const isRetryable = (lines: readonly ShortLine[]): boolean => lines.some(({ code }) => code !== undefined && RETRYABLE.has(code));

/**
 * Returns the figures of the refused lines. On the first try, an order that is short only of units that other orders may release soon is
 * refused with the retryable code `contended`. A further try has waited for those orders, and its refusal is final.
 */
export function shortLines(answers: readonly LineAnswer[], first: boolean): readonly ShortLine[] {
  const refused = answers.filter((answer) => answer.kind !== 'held');
  const short = refused.filter((answer) => answer.kind === 'short');
  // One line that is short for good refuses the order, whatever happens to the other lines.
  const lasting = short.filter(({ contended }) => !contended || !first);
  if (lasting.length > 0) return lasting.map(({ line }) => line);
  return refused.map(({ kind, line }) => (kind === 'busy' ? line : { ...line, code: 'contended' }));
}
