import type { StockRow } from './stock-row.js';

export const MASS_PREFIX = 'MASS-';
const DIGITS = 7;

/** Rows of very many materials, sixteen bytes each; a row is made when it is asked for. */
export class MassRows {
  private readonly quantities: Int32Array;
  private readonly changes: Float64Array;

  constructor(
    readonly count: number,
    private readonly warehouses: readonly string[],
    quantity: (index: number) => number,
    now: number,
  ) {
    if (count > 10 ** DIGITS) throw new Error(`at most ${String(10 ** DIGITS)} rows in mass`);
    this.quantities = Int32Array.from({ length: count }, (_, index) => quantity(index));
    this.changes = new Float64Array(count).fill(now);
  }

  /** Changes every so many rows by so much. @returns how many were changed */
  change(every: number, by: number, now: number): number {
    let changed = 0;
    for (let index = 0; index < this.count; index += every) {
      this.quantities[index] = Math.max(0, (this.quantities[index] ?? 0) + by);
      this.changes[index] = now;
      changed += 1;
    }
    return changed;
  }

  /** Index of the first row whose SKU is not before this one. */
  firstFrom(sku: string): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (skuOf(middle) < sku) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  row(index: number): StockRow {
    return {
      sku: skuOf(index),
      warehouse: this.warehouses[index % this.warehouses.length] ?? '',
      batch: '',
      stockType: '01',
      specialStock: '',
      quantity: String(this.quantities[index] ?? 0),
      reserved: '0',
      unit: 'PC',
      changedAt: this.changes[index] ?? 0,
    };
  }
}

const skuOf = (index: number): string => `${MASS_PREFIX}${String(index).padStart(DIGITS, '0')}`;
