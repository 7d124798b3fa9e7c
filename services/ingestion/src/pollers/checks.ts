import type { ErpCheck, ErpFault, StockPage } from './port.js';

const MOST_SKEW_MS = 60_000;
const NOT_TRIED = 'not tried';

type Name = ErpCheck['name'];
const check = (name: Name, ok: boolean, says: string): ErpCheck => ({ name, ok, says });

/** Checks of a connection where a call failed: what was shown to be in order before it, what failed, and what was not tried. */
export function checksOfFault(erp: string, fault: ErpFault): readonly ErpCheck[] {
  const answers = check('reachable', true, `${erp} answers`);
  switch (fault.kind) {
    case 'temporary':
      return [check('reachable', false, fault.says), check('credentials', false, NOT_TRIED), check('stock', false, NOT_TRIED), noClock];
    case 'credentials':
      return [answers, check('credentials', false, fault.says), check('stock', false, NOT_TRIED), noClock];
    case 'broken_answer':
    case 'refused':
      return [answers, check('credentials', true, 'are not refused'), check('stock', false, fault.says), noClock];
  }
}

const noClock = check('clock', false, NOT_TRIED);

/** Checks of a connection that could read stock. @param stock what was found, in words; not in order where `isRight` is false */
export function checksOfPage(erp: string, { skewMs }: Pick<StockPage, 'skewMs'>, stock: string, isRight: boolean): readonly ErpCheck[] {
  return [
    check('reachable', true, `${erp} answers`),
    check('credentials', true, 'are accepted'),
    check('stock', isRight, stock),
    clockCheck(erp, skewMs),
  ];
}

function clockCheck(erp: string, skewMs: number): ErpCheck {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const off = `the clock of ${erp} is ${String(seconds)} s ${skewMs > 0 ? 'ahead' : 'behind'}`;
  if (Math.abs(skewMs) <= MOST_SKEW_MS)
    return check('clock', true, seconds === 0 ? `the clock of ${erp} is right` : `${off}, which is corrected`);
  return check('clock', false, `${off}; figures are corrected by it, but let somebody set it right`);
}

/** What a page shows of stock, in words, with the first rows that were refused. */
export function stockInWords({ rows, refusedRows }: Pick<StockPage, 'rows' | 'refusedRows'>): string {
  const [row] = rows;
  const example = row === undefined ? '' : `, such as ${row.sku} in warehouse ${row.warehouseId}: ${row.quantity}`;
  const [refused] = refusedRows;
  const bad =
    refused === undefined
      ? ''
      : `; ${String(refusedRows.length)} rows are refused, such as ${refused.row}: ${refused.field} ${refused.says}`;
  return `${String(rows.length)} figures on the first page${example}${bad}`;
}
