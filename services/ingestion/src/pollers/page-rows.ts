import type { RefusedRow, StockRow } from './port.js';

/**
 * Rows of a page where each SKU and warehouse must occur once. One that occurs twice is refused with all its figures: which of them holds cannot
 * be told.
 */
export class PageRows {
  private readonly found = new Map<string, StockRow>();
  private readonly twice = new Set<string>();
  private readonly refused: RefusedRow[] = [];

  /** @param why a SKU occurs twice, and how to mend it */
  constructor(private readonly why: string) {}

  add(row: StockRow): void {
    const key = `${row.warehouseId}\u0000${row.sku}`;
    if (this.twice.has(key)) return;
    if (!this.found.has(key)) return void this.found.set(key, row);
    this.found.delete(key);
    this.twice.add(key);
    this.refuse({ row: `${row.sku} in ${row.warehouseId}`, field: 'sku', says: `occurs more than once: ${this.why}` });
  }

  refuse(row: RefusedRow): void {
    this.refused.push(row);
  }

  get rows(): readonly StockRow[] {
    return [...this.found.values()];
  }

  get refusedRows(): readonly RefusedRow[] {
    return this.refused;
  }
}
