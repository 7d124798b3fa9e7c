import { itemId } from '@holdfast/inventory';
import type { StockChange } from './stock-change.js';

/** SKUs that some of the changes count without naming a location. */
export const countedWithoutLocation = (changes: readonly StockChange[]): ReadonlySet<string> =>
  new Set(changes.flatMap(({ amount, sku, locationId }) => ('counted' in amount && locationId === undefined ? [sku] : [])));

/**
 * What only one line of a call may count: an item, or the whole SKU where one of the lines names no location, which may then be that of any
 * other line. Undefined for differences, which add up.
 * @param placeless SKUs that a line of the call counts without a location
 */
export const countedThing = ({ amount, sku, locationId }: StockChange, placeless: ReadonlySet<string>): string | undefined => {
  if (!('counted' in amount)) return undefined;
  return locationId === undefined || placeless.has(sku) ? itemId(sku, '') : itemId(sku, locationId);
};
