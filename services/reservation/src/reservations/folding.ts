import type { CommitLine, NamedLot, OrderLine } from '@holdfast/inventory';
import { MAX_QUANTITY, Problem } from '@holdfast/platform';

/**
 * Adds up lines of the same SKU, in the order in which the SKUs come first. Deciding on them one by one would let an order take more than
 * there is, or refuse what there is enough of.
 * @throws Problem 400 `validation_failed` where the sum is no quantity any more
 */
export function foldLines(lines: readonly OrderLine[]): readonly OrderLine[] {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  const folded = [...units].map(([sku, quantity]) => ({ sku, quantity }));
  const huge = folded.find(({ quantity }) => quantity > MAX_QUANTITY);
  if (huge === undefined) return folded;
  const message = `all lines of ${huge.sku} together must be at most ${MAX_QUANTITY}`;
  throw new Problem(400, 'validation_failed', 'The request body has a fault', { details: [{ field: 'items', message }] });
}

/** Lines of a commit, those of one SKU as one: their lots add up, and what one of them allows is allowed. @throws as `foldLines` */
export function foldCommitLines(lines: readonly CommitLine[]): readonly CommitLine[] {
  return foldLines(lines).map((folded) => {
    const ofSku = lines.filter(({ sku }) => sku === folded.sku);
    const lots = foldLots(ofSku.flatMap((line) => line.lots ?? []));
    const allowUncovered = ofSku.some((line) => line.allowUncovered === true);
    return { ...folded, ...(lots.length === 0 ? {} : { lots }), ...(allowUncovered ? { allowUncovered } : {}) };
  });
}

/** Units by lot, each lot once. */
export function foldLots(lots: readonly NamedLot[]): readonly NamedLot[] {
  const units = new Map<string, number>();
  for (const { lotId, quantity } of lots) units.set(lotId, (units.get(lotId) ?? 0) + quantity);
  return [...units].map(([lotId, quantity]) => ({ lotId, quantity }));
}
