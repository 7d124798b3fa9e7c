import type { Position } from '@holdfast/event-store';
import { START } from '@holdfast/event-store';
import { itemId, MAIN_LOCATION } from '@holdfast/inventory';
import { inSlices } from '@holdfast/kit';
import { LedgerBusy } from '@holdfast/ledger';
import { allDone, runInLanes, uuidOf } from '@holdfast/kit';
import { inPortions } from '../lines/in-portions.js';
import { checkLine, checkLines, failedLine, lineOfProblem } from '../lines/line-result.js';
import type { BulkOptions } from '../lines/repeats.js';
import { byIndex, refuseRepeats } from '../lines/repeats.js';
import type { Asker } from '../stock/stock.service.js';
import { type ProductLineResult, ProductRequest } from './product.dto.js';
import type { ProductService } from './product.service.js';

interface NumberedLine {
  readonly index: number;
  readonly line: ProductRequest;
}

interface Done {
  readonly result: ProductLineResult;
  readonly position: Position;
}

/** What a line describes: a product, or its safety stock at another location. */
const productPart = ({ sku, locationId = MAIN_LOCATION.locationId }: ProductRequest): string => itemId(sku, locationId);

const inOrder = (results: readonly ProductLineResult[]): readonly ProductLineResult[] =>
  [...results].sort((one, other) => one.index - other.index);

const SKUS_AT_ONCE = 128;

/** Many products in one call: concurrent over SKUs, in order within one. Sent again, it changes nothing, as it says what is wished. */
export class BulkProducts {
  constructor(private readonly products: ProductService) {}

  /** @throws what the engines throw */
  async put(
    asker: Asker,
    values: readonly unknown[],
    commandId: string,
    { dryRun = false, nameOf = byIndex }: BulkOptions = {},
  ): Promise<{ readonly results: readonly ProductLineResult[]; readonly position: Position }> {
    const checked = await inSlices(checkLines(values, (value, index) => checkLine(ProductRequest, value, index)));
    const once = await inSlices(refuseRepeats(checked, productPart, 'describe the same product', nameOf));
    const valid = once.flatMap((one) => (one.kind === 'valid' ? [one] : []));
    const results: readonly ProductLineResult[] = once.flatMap((one) => (one.kind === 'faulty' ? [one.result] : []));
    if (dryRun) return { results: inOrder([...results, ...(await this.check(asker, valid))]), position: START };
    const done = await inPortions(valid, async (portion) =>
      allDone(
        await runInLanes(portion, { laneOf: ({ line }) => line.sku, lanes: SKUS_AT_ONCE, window: 1 }, ({ line, index }) =>
          this.putLine(asker, line, index, uuidOf(`${commandId}|${index}`)),
        ),
      ),
    );
    return {
      results: inOrder([...results, ...done.map(({ result }) => result)]),
      position: done.reduce((newest, { position }) => (position > newest ? position : newest), START),
    };
  }

  private async putLine(asker: Asker, line: ProductRequest, index: number, commandId: string): Promise<Done> {
    try {
      const { position } = await this.products.put(asker, line, commandId);
      return { result: { index, status: 'ok', sku: line.sku }, position };
    } catch (error) {
      if (error instanceof LedgerBusy)
        return { result: failedLine(index, error.code, 'too many requests wait for this SKU'), position: START };
      return { result: { ...lineOfProblem(index, error), sku: line.sku }, position: START };
    }
  }

  private async check(asker: Asker, lines: readonly NumberedLine[]): Promise<readonly ProductLineResult[]> {
    const unknown = await this.products.unknownLocations(
      asker.tenant,
      lines.map(({ line }) => line),
    );
    return inSlices(checkedLocations(lines, unknown));
  }
}

function* checkedLocations(
  lines: readonly NumberedLine[],
  unknown: ReadonlySet<string>,
): Generator<undefined, readonly ProductLineResult[]> {
  const results: ProductLineResult[] = [];
  for (const { index, line } of lines) {
    yield;
    const { sku, locationId } = line;
    if (locationId === undefined || !unknown.has(locationId)) results.push({ index, status: 'ok', sku });
    else results.push({ ...failedLine(index, 'unknown_location', `There is no location ${locationId}`), sku });
  }
  return results;
}
