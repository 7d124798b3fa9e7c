import type { ProductUnit } from '@holdfast/inventory';
import { MAX_QUANTITY } from '@holdfast/platform';
import { floorOf, multiplyDecimals, parseDecimal } from '../../pollers/decimal.js';
import type { LineFault } from '../import-kind.js';

export type UnitsOf = (tenant: string, sku: string) => Promise<readonly ProductUnit[]>;

/** Units of stock in so many of a unit of measure: 5 boxes of 12 are 60. */
export function inUnitsOfStock(quantity: number, unit: string, known: readonly ProductUnit[]): number | LineFault {
  const [held, amount] = [parseDecimal(known.find((one) => one.unit === unit)?.units ?? ''), parseDecimal(String(quantity))];
  if (held === undefined || amount === undefined) {
    const names = known.length === 0 ? 'no units of measure' : `the units ${known.map((one) => one.unit).join(', ')}`;
    return fault(
      'unit',
      'unknown_unit',
      `the product has ${names}; add ${unit} to it, or leave the cell empty where one is one unit of stock`,
    );
  }
  const { whole, hasFraction } = floorOf(multiplyDecimals(amount, held));
  if (hasFraction) return fault('quantity', 'fraction', `${String(quantity)} ${unit} are no whole units of stock`);
  if (whole > BigInt(MAX_QUANTITY)) return fault('quantity', 'validation_failed', `must be at most ${String(MAX_QUANTITY)} units of stock`);
  return Number(whole);
}

const fault = (column: string, code: string, says: string): LineFault => ({ column, code, says });
