import { alertLevel, stockAlertKind, type StockAlertKind, type StockLevel } from './stock-level.js';
import { tell, wellTelling, type Outcome, type Telling } from './telling.js';

export type StockTelling = Telling<StockLevel, StockAlertKind>;

export const initialStockTelling = (): StockTelling => wellTelling('ok');

/** Compares the units of a subject with its threshold. Asked again with the same figures, it tells nothing. */
export function decideStockAlert(
  before: StockTelling,
  { available, threshold, now }: { readonly available: number; readonly threshold: number; readonly now: number },
): Outcome<StockLevel, StockAlertKind> {
  const level = alertLevel(before.level, available, threshold);
  return tell(before, { level, kind: stockAlertKind(before.toldLevel, level) }, 'ok', now);
}
