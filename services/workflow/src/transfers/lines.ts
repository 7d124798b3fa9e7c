import type { TransferLine } from '@holdfast/inventory';

/** SKUs of one transfer, as the domain allows. */
export const MAX_LINES_PER_TRANSFER = 1_000;

/** One line a SKU, in the order in which they were first named. */
export function foldLines(lines: readonly TransferLine[]): readonly TransferLine[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}
