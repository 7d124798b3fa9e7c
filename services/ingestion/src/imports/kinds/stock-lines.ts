import { itemId } from '@holdfast/inventory';
import { IsLocationId, IsQuantity, IsSku, IsText, IsTime, MAX_REASON_LENGTH } from '@holdfast/platform';
import type { CsvLine } from '../../csv/csv-table.js';
import { checkCells } from './check-line.js';
import type { ImportKind, LineFault } from '../import-kind.js';
import { StockExecution, type StockExecutionParts } from './stock-execution.js';

/** A line of a stock file: units on hand of a SKU at a location. Without a quantity it changes nothing. */
class StockLine {
  @IsSku()
  readonly sku!: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsQuantity({ min: 0, optional: true })
  readonly quantity?: number;

  @IsText({ optional: true, max: 20, description: 'Unit of measure of the quantity, one of those of the product' })
  readonly unit?: string;

  @IsText({ optional: true, max: MAX_REASON_LENGTH })
  readonly reason?: string;

  @IsTime({ optional: true })
  readonly effectiveAt?: string;
}

/** Cells were checked when the file came. */
const lineOf = (cells: CsvLine['value']): StockLine => Object.assign(new StockLine(), cells);

/** Stock files: an absolute figure per SKU and location, like a count. Undone by the difference that each line made. */
export class StockLines extends StockExecution implements ImportKind {
  readonly name = 'stock';
  readonly permission = 'inventory.write';
  readonly summed = 'quantity';
  readonly columns = {
    required: ['sku', 'locationId', 'quantity'],
    optional: ['unit', 'reason', 'effectiveAt'],
    numeric: ['quantity'],
    dates: ['effectiveAt'],
  };
  readonly undo: StockExecution;

  constructor(parts: StockExecutionParts) {
    super(parts, (cells) => {
      const { quantity, ...rest } = lineOf(cells);
      return { ...rest, reasonCode: 'import', ...(quantity === undefined ? {} : { amount: { counted: quantity } }) };
    });
    this.undo = new StockExecution(parts, (cells) => {
      const { sku, locationId } = lineOf(cells);
      return { sku, locationId, reasonCode: 'import_undo', amount: { delta: Number(cells['delta']) } };
    });
  }

  check(cells: CsvLine['value']): { readonly subject: string } | LineFault {
    const checked = checkCells(StockLine, cells);
    return 'value' in checked ? { subject: itemId(checked.value.sku, checked.value.locationId) } : checked;
  }
}
