/** How much there is of a SKU over all its locations. */
export type StockLevel = 'ok' | 'low_stock' | 'stock_out';

/** A product that names no threshold counts as low below so many units. */
export const DEFAULT_LOW_STOCK_THRESHOLD = 10;

/** @param available units over all locations @param threshold below it the SKU counts as low; 0 for never */
export function stockLevel(available: number, threshold: number): StockLevel {
  if (available <= 0) return 'stock_out';
  return available < threshold ? 'low_stock' : 'ok';
}

/** Of one SKU, and of one location at risk, each kind of alert is told at most once in so long; the newest state is told at its end. */
export const ALERT_PAUSE_MS = 30_000;

/** Whether a kind of alert may be told again. @param toldAt when it was told last, epoch milliseconds */
export const mayTell = (toldAt: number | null, now: number): boolean => toldAt === null || now - toldAt >= ALERT_PAUSE_MS;

/** What there is to say when a SKU comes from one level to another; nothing while it stays. */
export function alertFor(before: StockLevel, after: StockLevel): 'low_stock' | 'stock_out' | 'recovered' | undefined {
  if (before === after) return undefined;
  return after === 'ok' ? 'recovered' : after;
}
