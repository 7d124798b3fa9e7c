import { createHash } from 'node:crypto';
import type { Position } from '@holdfast/event-store';
import { START } from '@holdfast/event-store';
import { inSlices } from '@holdfast/kit';
import { LedgerBusy } from '@holdfast/ledger';
import { allDone, runInLanes, uuidOf } from '@holdfast/kit';
import type { Inbox } from '../intake/inbox.js';
import { takeNext } from '../intake/take-next.js';
import { inPortions } from '../lines/in-portions.js';
import type { LineResult } from '../lines/line-result.dto.js';
import { failedLine, lineOfProblem } from '../lines/line-result.js';
import type { StockChange } from './stock-change.js';
import type { StockLineResult } from './stock.dto.js';
import type { Asker, StockService } from './stock.service.js';

export interface NumberedChange {
  readonly index: number;
  readonly change: StockChange;
}

interface Line extends NumberedChange {
  readonly commandId: string;
  readonly bodyHash: string;
}

interface Done {
  readonly line: Line;
  readonly result: StockLineResult;
  readonly position: Position;
}

const SKUS_AT_ONCE = 128;
/**
 * Changes of one SKU that the inbox does not know yet. They are decided and stored together; the ledger remembers 1,024 commands of a SKU,
 * so that many such calls may run at once.
 */
const UNREMEMBERED_PER_SKU = 64;

/** Many changes in one call: concurrent over SKUs, in order within one. */
export class BulkStock {
  constructor(
    private readonly stock: StockService,
    private readonly inbox: Inbox,
  ) {}

  /**
   * A line's id derives from the call's, so that a call sent again after a crash changes nothing twice.
   * @throws what the engines throw; send the same call again
   */
  async apply(
    asker: Asker,
    changes: readonly NumberedChange[],
    commandId: string,
  ): Promise<{ readonly results: readonly StockLineResult[]; readonly position: Position }> {
    const lines = await inSlices(linesOf(changes, commandId));
    const done = await inPortions(lines, (portion) => this.applyPortion(asker, portion));
    return {
      results: done.map(({ result }) => result).sort((one, other) => one.index - other.index),
      position: done.reduce((newest, { position }) => (position > newest ? position : newest), START),
    };
  }

  private async applyPortion(asker: Asker, lines: readonly Line[]): Promise<readonly Done[]> {
    const handled = await this.inbox.handled(lines.map((line) => line.commandId));
    const done: Done[] = [];
    let rest = lines;
    while (rest.length > 0) {
      const { taken, left } = takeNext(rest, skuOf, UNREMEMBERED_PER_SKU);
      done.push(...(await this.applyRound(asker, taken, handled)));
      rest = left;
    }
    return done;
  }

  private async applyRound(asker: Asker, lines: readonly Line[], handled: ReadonlyMap<string, string>): Promise<readonly Done[]> {
    const apply = (line: Line): Promise<Done> => this.applyLine(asker, line, handled.get(line.commandId));
    // Where a line without a location belongs depends on what the lines of its SKU before it did.
    const dependent = new Set(lines.filter(({ change }) => change.locationId === undefined).map(skuOf));
    const inTurn = lines.filter((line) => dependent.has(skuOf(line)));
    const together = lines.filter((line) => !dependent.has(skuOf(line)));
    const results = await Promise.all([
      runInLanes(inTurn, { laneOf: skuOf, lanes: SKUS_AT_ONCE, window: 1 }, apply),
      runInLanes(together, { laneOf: skuOf, lanes: SKUS_AT_ONCE, window: UNREMEMBERED_PER_SKU }, apply),
    ]);
    const settled = results.flat();
    const done = settled.flatMap((one) => (one.kind === 'done' ? [one.result] : []));
    const effective = done.filter(({ result, line }) => result.status === 'ok' && !handled.has(line.commandId));
    await this.inbox.remember(
      effective.map(({ line }) => line),
      [],
    );
    return allDone(settled);
  }

  private async applyLine(asker: Asker, line: Line, before: string | undefined): Promise<Done> {
    const { index, change, commandId } = line;
    try {
      if (before !== undefined && before !== line.bodyHash)
        return refusedLine(line, failedLine(index, 'idempotency_key_reused', 'another line was sent under this key; use a new one'));
      const { item, position } =
        before === undefined
          ? await this.stock.change(asker, change, commandId)
          : await this.stock.read(asker.tenant, change.sku, change.locationId);
      return { line, result: { index, status: 'ok', onHand: item.quantityOnHand }, position };
    } catch (error) {
      if (error instanceof LedgerBusy) return refusedLine(line, failedLine(index, error.code, 'too many requests wait for this SKU'));
      return refusedLine(line, lineOfProblem(index, error));
    }
  }
}

function* linesOf(changes: readonly NumberedChange[], commandId: string): Generator<undefined, readonly Line[]> {
  const lines: Line[] = [];
  for (const one of changes) {
    yield;
    lines.push({ ...one, commandId: uuidOf(`${commandId}|${one.index}`), bodyHash: hashOf(one.change) });
  }
  return lines;
}

const refusedLine = (line: Line, result: LineResult): Done => ({ line, result, position: START });
const skuOf = ({ change }: NumberedChange): string => change.sku;
const hashOf = (change: StockChange): string => createHash('sha256').update(JSON.stringify(change)).digest('hex').slice(0, 32);
