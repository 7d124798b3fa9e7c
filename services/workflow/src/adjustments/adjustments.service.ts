import type { Position } from '@holdfast/event-store';
import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import { sha256, uuidOf } from '@holdfast/kit';
import { parseTime, type Problem, unknownSkus } from '@holdfast/platform';
import {
  decideAdjustment,
  findReason,
  initialAdjustmentState,
  type AdjustmentLine,
  type AdjustmentState,
  type AdjustedLine,
  type StartAdjustment,
} from '@holdfast/warehouse';
import type { RefusedDocument } from '../line-processes/line-process.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { ReasonCodes } from '../reason-codes/reason-codes.js';
import type { CreateAdjustmentRequest } from './adjustment.dto.js';
import type { AdjustmentProcess, KnownAdjustment } from './adjustment-process.js';
import { adjustmentProblem, allRefused, alreadyUndone } from './adjustment-refusals.js';
import type { AdjustmentDocument, AdjustmentLineView, AdjustmentStatus } from './adjustment-view.dto.js';
import { fieldFault, skuNamed, type NamedStock } from './subject.js';

export interface Order {
  readonly tenant: string;
  readonly actor: string;
  readonly commandId: string;
  readonly requestHash: string;
  readonly at: number;
}

/** Corrections of on hand by differences, over one SKU or several. */
export class AdjustmentsService {
  constructor(
    private readonly process: AdjustmentProcess,
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
    private readonly reasons: ReasonCodes,
  ) {}

  /**
   * The order under which a request is carried out. All that take back the same row have one document, which the first of them begins; where
   * that was refused it changed nothing, and the next has another.
   */
  async orderOf({ undoes }: CreateAdjustmentRequest, order: Order): Promise<Order> {
    if (undoes === undefined) return order;
    const requestHash = sha256(JSON.stringify([order.commandId, order.requestHash]));
    for (let attempt = 1; ; attempt += 1) {
      const commandId = uuidOf(JSON.stringify(['undo', order.tenant, undoes, attempt]));
      const { state } = (await this.process.read({ tenant: order.tenant, id: adjustmentIdOf(commandId) })).record;
      if (state.phase !== 'refused' || state.requestHash === requestHash) return { ...order, commandId, requestHash };
    }
  }

  /**
   * Validates every line, applies them, and answers what became of each.
   * @throws Problem 400 for what cannot be, 404 `unknown_location`, `unknown_sku`, 409 with the first code where every line was refused, 409
   * `already_undone` where another took the same row back
   */
  async create(
    request: CreateAdjustmentRequest,
    order: Order,
  ): Promise<{ readonly document: AdjustmentDocument; readonly position: Position }> {
    const { tenant } = order;
    const isKnown = await this.isKnown(tenant, order.commandId);
    const command = isKnown ? commandOf(request, order) : await this.checked(request, order);
    const known = await this.process.run({ tenant, id: command.adjustmentId }, command, command.createdBy);
    if ('kind' in known) throw problemOf(known, request.undoes, command.adjustmentId);
    const document = documentOf(known);
    if (document.status === 'refused') throw allRefused(document.locationId, document.lines);
    return { document, position: known.position };
  }

  /** Whether the command was taken before, so that sending it again only repeats its answer. */
  async isKnown(tenant: string, commandId: string): Promise<boolean> {
    const { record } = await this.process.read({ tenant, id: adjustmentIdOf(commandId) });
    return record.state.phase !== 'none';
  }

  /** What was taken before is carried on, whatever the catalogue and the reasons of the tenant say by now. */
  private async checked(request: CreateAdjustmentRequest, order: Order): Promise<StartAdjustment> {
    const { tenant } = order;
    const reason = await this.reasons.find(tenant, request.reasonCode);
    const command = { ...commandOf(request, order), ...(findReason(reason.code) === undefined ? { ownReason: reason } : {}) };
    const early = decideAdjustment(initialAdjustmentState(), command);
    if (early.kind === 'refused') throw adjustmentProblem(early);
    await mustKnowLocation(this.locations, tenant, 'locationId', command.locationId);
    await this.mustKnowSkus(tenant, command.lines);
    return command;
  }

  private async mustKnowSkus(tenant: string, lines: readonly AdjustmentLine[]): Promise<void> {
    const skus = [...new Set(lines.map(({ sku }) => sku))];
    const known = await Promise.all(skus.map(async (sku) => (await this.ledger.read({ tenant, sku })).state.known));
    const unknown = skus.filter((_, index) => known[index] !== true);
    if (unknown.length > 0) throw unknownSkus(unknown);
  }
}

/** Whoever takes back what was taken back comes with another request than that which the document began with. */
const problemOf = (refused: RefusedDocument, undoes: string | undefined, documentId: string): Problem =>
  undoes !== undefined && refused.code === 'idempotency_mismatch' ? alreadyUndone(undoes, documentId) : adjustmentProblem(refused);

export const adjustmentIdOf = (commandId: string): string => `adj_${commandId}`;

function commandOf(request: CreateAdjustmentRequest, { actor, commandId, requestHash, at }: Order): StartAdjustment {
  const { locationId, reasonCode, reason, reference, effectiveAt, mayUncoverPromises } = request;
  return {
    type: 'StartAdjustment',
    at,
    commandId,
    adjustmentId: adjustmentIdOf(commandId),
    locationId,
    reasonCode,
    ...(reason === undefined ? {} : { reason }),
    ...(reference === undefined ? {} : { reference }),
    ...(effectiveAt === undefined ? {} : { effectiveAt: parseTime(effectiveAt) ?? at }),
    ...(mayUncoverPromises === undefined ? {} : { mayUncoverPromises }),
    createdBy: actor,
    lines: linesOf(request),
    requestHash,
  };
}

/** The lines, or the one at the top. */
function linesOf(request: CreateAdjustmentRequest): readonly AdjustmentLine[] {
  const { lines, sku, productMasterId, lotId, binId, delta } = request;
  const top = Object.entries({ sku, productMasterId, lotId, binId, delta }).find(([, value]) => value !== undefined)?.[0];
  if (lines !== undefined) {
    if (top !== undefined) throw fieldFault(top, 'must be left out where `lines` are sent');
    return lines.map((line, index) => lineOf(line, line.delta, `lines[${index}].`));
  }
  if (delta === undefined) throw fieldFault('lines', 'must be sent, or one line as sku and delta');
  return [lineOf(request, delta, '')];
}

function lineOf(named: NamedStock, delta: number, path: string): AdjustmentLine {
  const sku = skuNamed(named, path);
  if (delta === 0) throw fieldFault(`${path}delta`, 'must not be 0');
  const { lotId, binId } = named;
  return { sku, delta, ...(lotId === undefined ? {} : { lotId }), ...(binId === undefined ? {} : { binId }) };
}

function documentOf({ record: { state, createdAt, updatedAt }, revision }: KnownAdjustment): AdjustmentDocument {
  return {
    id: state.adjustmentId,
    status: statusOf(state),
    version: revision + 1,
    locationId: state.locationId,
    reasonCode: state.reasonCode,
    reason: state.reason ?? null,
    reference: state.reference ?? null,
    lines: state.outcomes.map((outcome) => lineView(state, outcome)),
    createdBy: state.createdBy,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}

function statusOf({ phase, adjustmentId }: AdjustmentState): AdjustmentStatus {
  if (phase === 'none' || phase === 'applying') throw new Error(`adjustment ${adjustmentId} has not ended`);
  return phase;
}

function lineView({ lines }: AdjustmentState, { line, refusal, quantityOnHand, quantityAvailable }: AdjustedLine): AdjustmentLineView {
  const { sku = '', delta = 0 } = lines[line - 1] ?? {};
  const shared = { line, sku, productMasterId: sku, delta, quantityOnHand, quantityAvailable };
  if (refusal === undefined) return { ...shared, status: 'applied' };
  const { code, requested, available, laterAt } = refusal;
  const later = laterAt === undefined ? {} : { [code === 'counted_since' ? 'countedAt' : 'laterAt']: new Date(laterAt).toISOString() };
  return {
    ...shared,
    status: 'refused',
    code,
    ...(requested === undefined ? {} : { requested }),
    ...(available === undefined ? {} : { available }),
    ...later,
  };
}
