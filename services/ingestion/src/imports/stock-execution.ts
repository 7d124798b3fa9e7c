import { allDone, runInLanes } from '@holdfast/kit';
import { lineOfProblem } from '../lines/line-result.js';
import type { TenantLocations } from '../locations/tenant-locations.js';
import type { StockChange } from '../stock/stock-change.js';
import type { StockItemView } from '../stock/stock.dto.js';
import type { Asker, StockService } from '../stock/stock.service.js';
import type { Execution, LineOutcome, WaitingLine } from './import-kind.js';

export type PlacedChange = StockChange & { readonly locationId: string };

export interface StockExecutionParts {
  readonly stock: StockService;
  readonly locations: TenantLocations;
  /** What a command changed the on hand of a SKU by, from its history. */
  readonly changedBy: (tenant: string, sku: string, commandId: string) => Promise<number>;
}

interface Planned {
  readonly waiting: WaitingLine;
  readonly change: PlacedChange;
}

const SKUS_AT_ONCE = 128;

/** Carries lines about stock out. */
export class StockExecution implements Execution {
  /** @param changeOf what a line means; an amount is undefined where the line says none */
  constructor(
    private readonly parts: StockExecutionParts,
    private readonly changeOf: (cells: WaitingLine['cells']) => Omit<PlacedChange, 'amount'> & { readonly amount?: StockChange['amount'] },
  ) {}

  async look(asker: Asker, lines: readonly WaitingLine[]): Promise<ReadonlyMap<number, number>> {
    const standing = await this.standing(asker, lines);
    return new Map([...standing].map(([line, { quantityOnHand }]) => [line, quantityOnHand]));
  }

  async foresee(asker: Asker, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]> {
    const standing = await this.standing(asker, lines);
    return lines.map(({ line, cells }) => {
      const { amount, locationId } = this.changeOf(cells);
      const item = standing.get(line);
      if (item === undefined) return unknownLocation(line, locationId);
      if (amount === undefined || !('delta' in amount) || amount.delta >= -item.quantityAvailable)
        return outcomeOf(line, item.quantityOnHand, amount);
      const says = `only ${String(item.quantityAvailable)} of the units are free; the others are promised`;
      return { line, result: 'failed', fault: { column: null, code: 'insufficient_stock', says }, before: item.quantityOnHand };
    });
  }

  async apply(asker: Asker, lines: readonly WaitingLine[], commandIdOf: (line: number) => string): Promise<readonly LineOutcome[]> {
    const outcomes = new Map<number, LineOutcome>();
    const planned: Planned[] = [];
    for (const waiting of lines) {
      const { amount, ...rest } = this.changeOf(waiting.cells);
      const outcome =
        waiting.before === null ? unknownLocation(waiting.line, rest.locationId) : outcomeOf(waiting.line, waiting.before, amount);
      outcomes.set(waiting.line, outcome);
      if (outcome.result === 'applied' && amount !== undefined) planned.push({ waiting, change: { ...rest, amount } });
    }
    const done = await inLanes(
      planned,
      ({ change }) => change.sku,
      (one) => this.carryOut(asker, one, commandIdOf(one.waiting.line)),
    );
    for (const { line, ...changed } of done) outcomes.set(line, { ...outcomes.get(line), line, ...changed });
    return [...outcomes.values()];
  }

  private async carryOut(
    asker: Asker,
    { waiting: { line, before }, change }: Planned,
    commandId: string,
  ): Promise<Pick<LineOutcome, 'line' | 'result' | 'delta' | 'fault'>> {
    try {
      const { delta } = await this.parts.stock.change(asker, change, commandId);
      return { line, result: 'applied', delta: delta ?? (await this.parts.changedBy(asker.tenant, change.sku, commandId)) };
    } catch (error) {
      const { code = 'refused', message = 'the line was refused' } = lineOfProblem(line, error);
      return { line, result: 'failed', fault: { column: null, code, says: message }, ...(before === null ? {} : { after: before }) };
    }
  }

  /** Items as they are now, by line; lines at unknown locations are left out. */
  private async standing({ tenant }: Asker, lines: readonly WaitingLine[]): Promise<ReadonlyMap<number, StockItemView>> {
    const places = lines.map(({ line, cells }) => ({ line, ...this.changeOf(cells) }));
    const unknown = await this.parts.locations.unknownOf(tenant, [...new Set(places.map(({ locationId }) => locationId))]);
    const known = places.filter(({ locationId }) => !unknown.has(locationId));
    const found = await inLanes(
      known,
      ({ sku }) => sku,
      async ({ line, sku, locationId }): Promise<[number, StockItemView]> => [
        line,
        (await this.parts.stock.read(tenant, sku, locationId)).item,
      ],
    );
    return new Map(found);
  }
}

const inLanes = async <Item, Result>(
  items: readonly Item[],
  laneOf: (item: Item) => string,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => allDone(await runInLanes(items, { laneOf, lanes: SKUS_AT_ONCE, window: 1 }, work));

function outcomeOf(line: number, before: number, amount: StockChange['amount'] | undefined): LineOutcome {
  const after = amount === undefined ? before : 'delta' in amount ? before + amount.delta : amount.counted;
  return { line, result: after === before ? 'unchanged' : 'applied', before, after };
}

const unknownLocation = (line: number, locationId: string): LineOutcome => ({
  line,
  result: 'failed',
  fault: {
    column: 'locationId',
    code: 'unknown_location',
    says: `there is no location ${locationId}; create it, or import locations first`,
  },
});
