import type { ProductUnit } from '@holdfast/inventory';
import { identifierFault, skuFault, storedText } from '@holdfast/kit';
import { MAX_QUANTITY } from '@holdfast/platform';
import { addDecimals, floorOf, multiplyDecimals, parseDecimal, ZERO, type Decimal } from '../decimal.js';
import type { RefusedRow, StockRow } from '../port.js';
import type { PollerSettings } from '../settings.js';

/** Whole units of a SKU in a warehouse, as an ERP has them. */
export interface Figure {
  readonly sku: string;
  readonly warehouseId: string;
  readonly figure: number;
}

export interface Figures {
  readonly figures: readonly Figure[];
  readonly refused: readonly RefusedRow[];
}

interface Sum {
  readonly sku: string;
  readonly warehouseId: string;
  quantity: Decimal;
  /** One of its rows was refused: a sum without it would be false. */
  isRefused: boolean;
}

/** A warehouse of a page, read once for all of its rows, with the sums of its SKUs. */
interface Warehouse {
  readonly id: string;
  readonly fault: Omit<RefusedRow, 'row'> | undefined;
  readonly sums: Map<string, Sum>;
}

/** @param known by the texts of the ERP; different ones may be the same warehouse */
function warehouseOf(text: string, known: Map<string, Warehouse>): Warehouse {
  const id = storedText(text);
  const same = [...known.values()].find((one) => one.id === id);
  const found = same ?? { id, fault: faultOf('warehouseId', identifierFault(id)), sums: new Map() };
  known.set(text, found);
  return found;
}

/** Units of measure of products, by SKU. */
export type CatalogueUnits = ReadonlyMap<string, readonly ProductUnit[]>;
const NO_UNITS: CatalogueUnits = new Map();

/** SKUs whose quantities are in a unit of measure, each once. */
export const skusWithUnits = (rows: readonly StockRow[]): readonly string[] => [
  ...new Set(rows.flatMap(({ sku, unit }) => (unit === undefined ? [] : [storedText(sku)]))),
];

type FigureSettings = Pick<PollerSettings, 'fractions' | 'units'>;

/** Turns rows of ERPs into figures: units of measure are converted once, then rows of one SKU and warehouse are summed, then fractions go. */
export class FigureReader {
  private readonly conversions = new Map<string, Map<string, Decimal>>();

  constructor(private readonly settings: FigureSettings) {
    for (const { sku, unit, units } of settings.units ?? []) {
      const ofUnit = this.conversions.get(unit) ?? new Map<string, Decimal>();
      this.conversions.set(unit, ofUnit.set(sku ?? ANY_SKU, parseDecimal(units) ?? ZERO));
    }
  }

  /** @param catalogue units of the products; a setting for a SKU goes before them, one for all SKUs behind */
  read(rows: readonly StockRow[], catalogue: CatalogueUnits = NO_UNITS): Figures {
    const sums: Sum[] = [];
    const refused: RefusedRow[] = [];
    const warehouses = new Map<string, Warehouse>();
    for (const row of rows) {
      const warehouse = warehouses.get(row.warehouseId) ?? warehouseOf(row.warehouseId, warehouses);
      const sku = storedText(row.sku);
      const quantity = parseDecimal(row.quantity);
      const fault = faultOf('sku', skuFault(sku)) ?? warehouse.fault ?? (quantity === undefined ? notDecimal(row) : undefined);
      const known = warehouse.sums.get(sku);
      const isGood = fault === undefined && quantity !== undefined;
      const units = isGood ? this.inUnits(quantity, sku, row.unit, catalogue) : ZERO;
      if (known === undefined) {
        const sum = { sku, warehouseId: warehouse.id, quantity: units, isRefused: !isGood };
        warehouse.sums.set(sku, sum);
        sums.push(sum);
      } else {
        known.quantity = addDecimals(known.quantity, units);
        known.isRefused ||= !isGood;
      }
      if (fault !== undefined) refused.push({ row: nameOf(row), ...fault });
    }
    return this.whole(sums, refused);
  }

  private inUnits(quantity: Decimal, sku: string, unit: string | undefined, catalogue: CatalogueUnits): Decimal {
    if (unit === undefined) return quantity;
    const set = this.conversions.get(unit);
    const ofProduct = catalogue.get(sku)?.find((one) => one.unit === unit);
    const factor = set?.get(sku) ?? (ofProduct === undefined ? undefined : parseDecimal(ofProduct.units)) ?? set?.get(ANY_SKU);
    return factor === undefined ? quantity : multiplyDecimals(quantity, factor);
  }

  private whole(sums: readonly Sum[], refused: RefusedRow[]): Figures {
    const figures: Figure[] = [];
    for (const { sku, warehouseId, quantity, isRefused } of sums) {
      if (isRefused) continue;
      const { whole, hasFraction } = floorOf(quantity);
      const fault =
        hasFraction && this.settings.fractions !== 'floor'
          ? 'has a fraction; name its unit of measure in the units of the product or in settings.units, or set settings.fractions to floor'
          : whole > MOST || whole < -MOST
            ? `must lie within ${String(MAX_QUANTITY)} units; is its unit of measure right?`
            : undefined;
      if (fault === undefined) figures.push({ sku, warehouseId, figure: Number(whole) });
      else refused.push({ row: nameOf({ sku, warehouseId }), field: 'quantity', says: fault });
    }
    return { figures, refused };
  }
}

const ANY_SKU = '';
const MOST = BigInt(MAX_QUANTITY);
const nameOf = ({ sku, warehouseId }: Pick<StockRow, 'sku' | 'warehouseId'>): string => `${sku} in ${warehouseId}`;
const notDecimal = ({ quantity }: StockRow) => ({
  field: 'quantity',
  says: `${JSON.stringify(quantity.slice(0, 40))} is no decimal number`,
});

const faultOf = (field: string, says: string | undefined): Omit<RefusedRow, 'row'> | undefined =>
  says === undefined ? undefined : { field, says };
