import { addDecimals, decimalText, negated, parseDecimal, ZERO, type Decimal } from '../decimal.js';
import { PageRows } from '../page-rows.js';
import type { SiteFields } from './settings.js';

type Item = Readonly<Record<string, unknown>>;

/** Whole numbers above it are rounded when JSON is read; hundredths are exact up to a hundredth of it. */
const MOST_EXACT = Number.MAX_SAFE_INTEGER / 100;

const TWICE = 'the answer has stock of several branches or lots; set tenantId to one branch, or let the service sum up';

/** Stock of the items of a page. */
export function rowsOf(items: readonly Item[], fields: SiteFields): PageRows {
  const rows = new PageRows(TWICE);
  for (const [index, item] of items.entries()) {
    const sku = textOf(item[fields.sku]);
    const warehouseId = textOf(item[fields.warehouse]);
    const row = sku === undefined ? `item ${String(index + 1)} of the page` : `${sku} in ${warehouseId ?? 'no warehouse'}`;
    if (sku === undefined) rows.refuse({ row, field: fields.sku, says: 'is missing or empty; name the right field in settings.fields' });
    else if (warehouseId === undefined)
      rows.refuse({ row, field: fields.warehouse, says: 'is missing or empty; name the right field in settings.fields' });
    else {
      const sum = sumOf(item, fields);
      if ('wrong' in sum) rows.refuse({ row, ...sum.wrong });
      else rows.add({ sku, warehouseId, quantity: decimalText(sum.total) });
    }
  }
  return rows;
}

/** A code without the blanks that its column is padded with; a site may send a code as a number. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

function sumOf(
  item: Item,
  { available }: SiteFields,
): { readonly total: Decimal } | { readonly wrong: { readonly field: string; readonly says: string } } {
  let total = ZERO;
  for (const { field, isSubtracted } of available) {
    const value = quantityOf(item[field]);
    if (typeof value === 'string') return { wrong: { field, says: value } };
    total = addDecimals(total, isSubtracted ? negated(value) : value);
  }
  return { total };
}

/** The exact quantity; a text says what is wrong. */
function quantityOf(value: unknown): Decimal | string {
  if (value === undefined || value === null) return 'is missing; it is not taken for 0';
  if (typeof value === 'number' && Math.abs(value) > MOST_EXACT)
    return `is ${String(value)}, too large to be read exactly from a number; send it as text`;
  if (typeof value !== 'number' && typeof value !== 'string') return 'is no number';
  return parseDecimal(String(value)) ?? `is "${String(value)}", which is no decimal with a point`;
}
