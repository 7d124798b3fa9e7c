import { allDone, runInLanes } from '@holdfast/kit';
import { lineOfProblem } from '../../lines/line-result.js';
import type { TenantLocations } from '../../locations/tenant-locations.js';
import type { StockChange } from '../../stock/stock-change.js';
import type { StockItemView } from '../../stock/stock.dto.js';
import type { Asker, StockService } from '../../stock/stock.service.js';
import type { ChangedBy } from './changed-by.js';
import { inUnitsOfStock, type UnitsOf } from './in-units-of-stock.js';
import type { Carrying, Execution, LineOutcome, WaitingLine } from '../import-kind.js';
import { unknownLocation } from './unknown-location.js';

export type PlacedChange = StockChange & { readonly locationId: string };

/** What a line means; without an amount it changes nothing. */
type Meant = Omit<PlacedChange, 'amount'> & {
  readonly amount?: StockChange['amount'];
  /** Unit of measure of the amount. */
  readonly unit?: string;
};

export interface StockExecutionParts {
  readonly stock: StockService;
  readonly locations: TenantLocations;
  readonly changedBy: ChangedBy;
  /** Units of measure of a product. */
  readonly unitsOf: UnitsOf;
}

/** More fill no larger commits, and requests of people would wait behind them. */
const SKUS_AT_ONCE = 1_000;

/** Carries lines about stock out. */
export class StockExecution implements Execution {
  constructor(
    private readonly parts: StockExecutionParts,
    private readonly meaningOf: (cells: WaitingLine['cells']) => Meant,
  ) {}

  foresee(asker: Asker, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]> {
    return this.each(asker, lines, async (line, meant) => foreseen(line, await this.read(asker, meant), meant.amount));
  }

  apply(asker: Asker, lines: readonly WaitingLine[], carrying: Carrying): Promise<readonly LineOutcome[]> {
    return this.each(asker, lines, async (line, { amount, ...rest }) => {
      if (amount === undefined) return outcomeOf(line, (await this.read(asker, rest)).quantityOnHand, undefined);
      // A figure of an earlier time says more than what stands there now.
      const change = { ...rest, amount, changesOnly: rest.effectiveAt === undefined, documentId: carrying.importId };
      const commandId = carrying.commandIdOf(line);
      return (await this.appliedBefore(asker, line, change, commandId, carrying)) ?? this.carryOut(asker, line, change, commandId);
    });
  }

  /** Lines of one SKU in order, many SKUs at once. Lines at unknown locations fail. */
  private async each(
    { tenant }: Asker,
    lines: readonly WaitingLine[],
    work: (line: number, meant: Meant) => Promise<LineOutcome>,
  ): Promise<readonly LineOutcome[]> {
    const meant = lines.map(({ line, cells }) => ({ line, meant: this.meaningOf(cells) }));
    const unknown = await this.parts.locations.unknownOf(tenant, [...new Set(meant.map((one) => one.meant.locationId))]);
    const settled = await runInLanes(
      meant,
      { laneOf: (one) => one.meant.sku, lanes: SKUS_AT_ONCE, window: 1 },
      async (one): Promise<LineOutcome> =>
        unknown.has(one.meant.locationId)
          ? { line: one.line, result: 'failed', fault: unknownLocation(one.meant.locationId) }
          : one.meant.unit === undefined
            ? work(one.line, one.meant)
            : this.converted(tenant, one.line, one.meant, one.meant.unit, work),
    );
    return allDone(settled);
  }

  /** A quantity in a unit of measure is converted once, before anything else is made of it. */
  private async converted(
    tenant: string,
    line: number,
    { amount, ...rest }: Meant,
    unit: string,
    work: (line: number, meant: Meant) => Promise<LineOutcome>,
  ): Promise<LineOutcome> {
    if (amount === undefined || !('counted' in amount)) return work(line, { ...rest, ...(amount && { amount }) });
    const counted = inUnitsOfStock(amount.counted, unit, await this.parts.unitsOf(tenant, rest.sku));
    return typeof counted === 'number' ? work(line, { ...rest, amount: { counted } }) : { line, result: 'failed', fault: counted };
  }

  /** A line that took effect before a crash is told as it was. */
  private async appliedBefore(
    { tenant }: Asker,
    line: number,
    change: PlacedChange,
    commandId: string,
    { begunBefore }: Carrying,
  ): Promise<LineOutcome | undefined> {
    if (begunBefore === undefined) return undefined;
    const delta = await this.parts.changedBy(tenant, change.sku, commandId, begunBefore);
    return delta === undefined ? undefined : changedOutcome(line, change, delta);
  }

  private async carryOut(asker: Asker, line: number, change: PlacedChange, commandId: string): Promise<LineOutcome> {
    try {
      const { delta, item } = await this.parts.stock.change(asker, change, commandId);
      // Another driver of the same import may have been faster.
      if (delta === undefined) return changedOutcome(line, change, (await this.parts.changedBy(asker.tenant, change.sku, commandId)) ?? 0);
      return changedOutcome(line, change, delta, item.quantityOnHand);
    } catch (error) {
      const { code = 'refused', message = 'the line was refused' } = lineOfProblem(line, error);
      const { quantityOnHand } = await this.read(asker, change);
      return { line, result: 'failed', fault: { column: null, code, says: message }, before: quantityOnHand, after: quantityOnHand };
    }
  }

  private async read({ tenant }: Asker, { sku, locationId }: Pick<PlacedChange, 'sku' | 'locationId'>): Promise<StockItemView> {
    return (await this.parts.stock.read(tenant, sku, locationId)).item;
  }
}

/** What a line did. @param onHand after it, where that is known */
function changedOutcome(line: number, { amount, effectiveAt }: PlacedChange, delta: number, onHand?: number): LineOutcome {
  const after = 'counted' in amount && effectiveAt === undefined ? amount.counted : onHand;
  const units = after === undefined ? {} : { before: after - delta, after };
  return { line, result: delta === 0 ? 'unchanged' : 'applied', delta, ...units };
}

function foreseen(line: number, item: StockItemView, amount: StockChange['amount'] | undefined): LineOutcome {
  if (amount === undefined || !('delta' in amount) || amount.delta >= -item.quantityAvailable)
    return outcomeOf(line, item.quantityOnHand, amount);
  const says = `only ${String(item.quantityAvailable)} of the units are free; the others are promised`;
  return { line, result: 'failed', fault: { column: null, code: 'insufficient_stock', says }, before: item.quantityOnHand };
}

function outcomeOf(line: number, before: number, amount: StockChange['amount'] | undefined): LineOutcome {
  const after = amount === undefined ? before : 'delta' in amount ? before + amount.delta : amount.counted;
  return { line, result: after === before ? 'unchanged' : 'applied', before, after };
}
