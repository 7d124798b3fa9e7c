import { itemId } from '@holdfast/inventory';
import { allDone, runInLanes } from '@holdfast/kit';
import { check, IsLocationId, IsQuantity, IsSku, IsText, IsTime, MAX_REASON_LENGTH } from '@holdfast/platform';
import type { CsvLine } from '../csv/read-csv.js';
import { lineOfProblem } from '../lines/line-result.js';
import type { TenantLocations } from '../locations/tenant-locations.js';
import type { Asker, StockService } from '../stock/stock.service.js';
import type { ImportKind, LineFault, LineOutcome, WaitingLine } from './import-kind.js';

/** A line of a stock file: units on hand of a SKU at a location. Without a quantity it changes nothing. */
class StockLine {
  @IsSku()
  readonly sku!: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsQuantity({ min: 0, optional: true })
  readonly quantity?: number;

  @IsText({ optional: true, max: MAX_REASON_LENGTH })
  readonly reason?: string;

  @IsTime({ optional: true })
  readonly effectiveAt?: string;
}

interface Counted {
  readonly waiting: WaitingLine;
  readonly stock: StockLine;
}

const SKUS_AT_ONCE = 128;

const countedOf = (lines: readonly WaitingLine[]): readonly Counted[] =>
  lines.map((waiting) => ({ waiting, stock: Object.assign(new StockLine(), waiting.cells) }));

/** Stock files: an absolute figure per SKU and location, like a count. */
export class StockLines implements ImportKind {
  readonly name = 'stock';
  readonly summed = 'quantity';
  readonly columns = { required: ['sku', 'locationId', 'quantity'], optional: ['reason', 'effectiveAt'], numeric: ['quantity'] };

  constructor(
    private readonly stock: StockService,
    private readonly locations: TenantLocations,
  ) {}

  check(cells: CsvLine['value']): { readonly subject: string } | LineFault {
    const checked = check(StockLine, cells);
    if ('value' in checked) return { subject: itemId(checked.value.sku, checked.value.locationId) };
    const [first] = checked.faults;
    return {
      column: first?.field ?? null,
      code: checked.code,
      says: checked.faults.map(({ field, message }) => `${field} ${message}`).join('; '),
    };
  }

  async look({ tenant }: Asker, lines: readonly WaitingLine[]): Promise<ReadonlyMap<number, number>> {
    const known = await this.atKnownLocations(tenant, countedOf(lines));
    const found = await inLanes(known, async ({ stock, waiting }): Promise<[number, number]> => {
      const { item } = await this.stock.read(tenant, stock.sku, stock.locationId);
      return [waiting.line, item.quantityOnHand];
    });
    return new Map(found);
  }

  async foresee(asker: Asker, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]> {
    const standing = await this.look(asker, lines);
    return countedOf(lines).map(({ waiting, stock }) => {
      const before = standing.get(waiting.line);
      return before === undefined ? unknownLocation(waiting.line, stock.locationId) : outcomeOf(waiting.line, before, stock.quantity);
    });
  }

  async apply(asker: Asker, lines: readonly WaitingLine[], commandIdOf: (line: number) => string): Promise<readonly LineOutcome[]> {
    return inLanes(countedOf(lines), ({ waiting, stock }) => this.applyLine(asker, waiting, stock, commandIdOf(waiting.line)));
  }

  private async applyLine(asker: Asker, { line, before }: WaitingLine, stock: StockLine, commandId: string): Promise<LineOutcome> {
    if (before === null) return unknownLocation(line, stock.locationId);
    const outcome = outcomeOf(line, before, stock.quantity);
    if (outcome.result === 'unchanged' || stock.quantity === undefined) return outcome;
    const { sku, locationId, reason, effectiveAt } = stock;
    const optional = { ...(reason === undefined ? {} : { reason }), ...(effectiveAt === undefined ? {} : { effectiveAt }) };
    const change = { sku, locationId, amount: { counted: stock.quantity }, reasonCode: 'import', ...optional };
    try {
      await this.stock.change(asker, change, commandId);
      return outcome;
    } catch (error) {
      const { code = 'failed', message = 'the line was refused' } = lineOfProblem(line, error);
      return { line, result: 'failed', fault: { column: null, code, says: message }, before };
    }
  }

  private async atKnownLocations(tenant: string, lines: readonly Counted[]): Promise<readonly Counted[]> {
    const unknown = await this.locations.unknownOf(tenant, [...new Set(lines.map(({ stock }) => stock.locationId))]);
    return lines.filter(({ stock }) => !unknown.has(stock.locationId));
  }
}

const inLanes = async <Result>(lines: readonly Counted[], work: (line: Counted) => Promise<Result>): Promise<readonly Result[]> =>
  allDone(await runInLanes(lines, { laneOf: ({ stock }) => stock.sku, lanes: SKUS_AT_ONCE, window: 1 }, work));

const outcomeOf = (line: number, before: number, quantity: number | undefined): LineOutcome =>
  quantity === undefined || quantity === before
    ? { line, result: 'unchanged', before, after: before }
    : { line, result: 'applied', before, after: quantity };

const unknownLocation = (line: number, locationId: string): LineOutcome => ({
  line,
  result: 'failed',
  fault: {
    column: 'locationId',
    code: 'unknown_location',
    says: `there is no location ${locationId}; create it, or import locations first`,
  },
});
