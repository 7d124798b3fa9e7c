/** How much there is of a SKU, over all its locations or at one. */
export type StockLevel = 'ok' | 'low_stock' | 'stock_out';

export type StockAlertKind = 'low_stock' | 'stock_out' | 'back_in_stock' | 'recovered';

/** @param available units, never below 0 of one location's in a sum @param threshold below it the SKU counts as low; 0 for never */
export function stockLevel(available: number, threshold: number): StockLevel {
  if (available <= 0) return 'stock_out';
  return available < threshold ? 'low_stock' : 'ok';
}

/** Units above the threshold at which a SKU that was low has recovered: a tenth of the threshold, at least 1. */
export const recoveryMargin = (threshold: number): number => Math.max(1, Math.ceil(threshold / 10));

/** The level that alerts go by: a SKU that was low stays so until it is clearly above the threshold, so that sales around it tell nothing. */
export function alertLevel(before: StockLevel, available: number, threshold: number): StockLevel {
  const level = stockLevel(available, threshold);
  if (level !== 'ok' || before === 'ok') return level;
  return available >= threshold + recoveryMargin(threshold) ? 'ok' : 'low_stock';
}

/** What there is to tell when a SKU comes from one level to another; nothing while it stays. */
export function stockAlertKind(before: StockLevel, after: StockLevel): StockAlertKind | undefined {
  if (before === after) return undefined;
  if (after === 'stock_out') return 'stock_out';
  if (before === 'stock_out') return 'back_in_stock';
  return after === 'ok' ? 'recovered' : 'low_stock';
}
