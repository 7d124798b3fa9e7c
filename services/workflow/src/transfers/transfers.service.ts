import type { DataSource, FindOptionsWhere } from 'typeorm';
import type { Position } from '@holdfast/event-store';
import { decideTransfer, servesNobody, type CreateTransfer, type ShortTransferLine } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { type Page, paginationOf, type Problem, unknownSkus } from '@holdfast/platform';
import type { KnownLocations } from '@holdfast/ledger';
import { skuNamed } from '../adjustments/subject.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { BinChanges } from './bin-changes.js';
import { foldLines } from './lines.js';
import { actionCommand } from './transfer-action.js';
import { blockedProblem, moveProblem, shortProblem, transferProblem } from './transfer-refusals.js';
import type { TransferProcess } from './transfer-process.js';
import type { CreateTransferRequest, TransferActionRequest, TransferQuery, TransfersView, TransferView } from './transfer.dto.js';
import type { TransferRef, TransferStreams } from './transfer-streams.js';
import { transferView } from './transfer-view.js';
import { TransferEntity } from './transfer.entity.js';

export interface Order {
  readonly tenant: string;
  readonly actor: string;
  readonly commandId: string;
  readonly requestHash: string;
  readonly at: number;
}

export interface Answer {
  readonly view: TransferView;
  readonly position: Position;
}

export class TransfersService {
  constructor(
    private readonly streams: TransferStreams,
    private readonly process: TransferProcess,
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
    private readonly source: DataSource,
    private readonly bins: BinChanges,
  ) {}

  /**
   * Inside one location the units change bin at once.
   *
   * @throws Problem 404 `unknown_location`, `unknown_sku`, 400 for lines that cannot be; inside one location what `BinChanges` throws
   */
  async create(request: CreateTransferRequest, order: Order): Promise<Answer> {
    const { tenant, actor, commandId, requestHash, at } = order;
    const { fromLocationId, toLocationId, reference } = request;
    await mustKnowLocation(this.locations, tenant, 'fromLocationId', fromLocationId);
    await mustKnowLocation(this.locations, tenant, 'toLocationId', toLocationId);
    const lines = foldLines(request.lines.map((line, index) => ({ ...line, sku: skuNamed(line, `lines[${String(index)}].`) })));
    await this.mustKnowSkus(
      tenant,
      lines.map(({ sku }) => sku),
    );
    const transferId = `tr_${commandId}`;
    const note = reference === undefined ? {} : { note: reference };
    const command = {
      type: 'CreateTransfer',
      transferId,
      fromLocationId,
      toLocationId,
      lines,
      requestHash,
      at,
      commandId,
      createdBy: actor,
      ...note,
    } as const;
    const ref = { tenant, transferId };
    if (fromLocationId === toLocationId) return this.createInside(ref, command, actor);
    const outcome = await this.streams.execute(ref, command, actor);
    if (outcome.kind === 'refused') throw transferProblem(outcome);
    return { view: transferView(outcome.record), position: outcome.position };
  }

  private async createInside(ref: TransferRef, command: CreateTransfer, actor: string): Promise<Answer> {
    const { state: known } = (await this.streams.read(ref)).record;
    const decision = decideTransfer(known, command);
    if (decision.kind === 'refused') throw transferProblem(decision);
    // What was created before is carried on and not checked again: its own units lie in the new bins.
    const go = () => this.process.run(ref, command, actor);
    const { outcome } = decision.events.length > 0 ? await this.bins.holding(ref, command.toLocationId, command.lines, go) : await go();
    if (outcome.kind === 'refused') throw transferProblem(outcome);
    const { state } = outcome.record;
    const [first] = state.lines;
    if (state.phase === 'cancelled' && first?.unmoved !== undefined) {
      const { code } = first.unmoved;
      throw moveProblem({
        code,
        details: state.lines.map(({ sku, quantity, unmoved }) => ({ sku, requested: quantity, ...unmoved })),
      });
    }
    return { view: transferView(outcome.record), position: outcome.position };
  }

  /** @throws Problem 404 `unknown_transfer`, 412 `version_mismatch`, 409 for what its phase or the stock does not allow */
  async act(transferId: string, request: TransferActionRequest, order: Order): Promise<Answer> {
    const ref = { tenant: order.tenant, transferId };
    await this.mustExist(ref);
    const command = actionCommand(request, order);
    const { outcome, short } = await this.process.run(ref, command, order.actor, request.expectedVersion);
    if (outcome.kind === 'refused') throw transferProblem(outcome);
    if (short.length > 0) throw await this.notShipped(order.tenant, outcome.record.state.fromLocationId, short);
    return { view: transferView(outcome.record), position: outcome.position };
  }

  private async notShipped(tenant: string, locationId: string, short: readonly ShortTransferLine[]): Promise<Problem> {
    const location = await this.locations.find(tenant, locationId);
    return location !== undefined && servesNobody(location) ? blockedProblem(locationId) : shortProblem(locationId, short);
  }

  /** @throws Problem 404 `unknown_transfer` */
  async one(ref: TransferRef): Promise<Answer> {
    const { record, position } = await this.mustExist(ref);
    return { view: transferView(record), position };
  }

  async page(tenant: string, { status, locationId }: TransferQuery, page: Page): Promise<TransfersView> {
    const base = { tenant, ...(status === undefined ? {} : { status }) };
    const where: FindOptionsWhere<TransferEntity>[] =
      locationId === undefined
        ? [base]
        : [
            { ...base, fromLocationId: locationId },
            { ...base, toLocationId: locationId },
          ];
    const [rows, total] = await this.source.getRepository(TransferEntity).findAndCount({
      where,
      order: { createdAt: 'DESC', transferId: 'ASC' },
      skip: page.offset,
      take: page.pageSize,
    });
    return {
      transfers: rows.map(({ record, revision }) => transferView({ ...record, version: revision + 1 })),
      pagination: paginationOf(page, total),
    };
  }

  private async mustExist(ref: TransferRef) {
    const found = await this.streams.read(ref);
    if (found.record.state.phase === 'none') throw transferProblem({ code: 'unknown_transfer', details: { id: ref.transferId } });
    return found;
  }

  private async mustKnowSkus(tenant: string, skus: readonly string[]): Promise<void> {
    const known = await Promise.all(skus.map(async (sku) => (await this.ledger.read({ tenant, sku })).state.known));
    const unknown = skus.filter((_, index) => known[index] !== true);
    if (unknown.length === 0) return;
    throw unknownSkus(unknown);
  }
}
