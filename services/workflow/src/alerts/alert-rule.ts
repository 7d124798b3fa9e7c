/** How much there is of a SKU over all its locations. */
export type StockLevel = 'ok' | 'low_stock' | 'stock_out';

/** A product that names no threshold counts as low below so many units. */
export const DEFAULT_LOW_STOCK_THRESHOLD = 10;

/** @param available units over all locations @param threshold below it the SKU counts as low; 0 for never */
export function stockLevel(available: number, threshold: number): StockLevel {
  if (available <= 0) return 'stock_out';
  return available < threshold ? 'low_stock' : 'ok';
}

/** What there is to say when a SKU comes from one level to another; nothing while it stays. */
export function alertFor(before: StockLevel, after: StockLevel): 'low_stock' | 'stock_out' | 'recovered' | undefined {
  if (before === after) return undefined;
  return after === 'ok' ? 'recovered' : after;
}
