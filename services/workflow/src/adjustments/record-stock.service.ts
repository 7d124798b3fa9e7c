import type { Position } from '@holdfast/event-store';
import { asOf, availableUnits, itemId, positionViews, type SkuEvent, type SkuState } from '@holdfast/inventory';
import type { KnownLocations, LotCalendar, SkuLedger } from '@holdfast/ledger';
import { parseTime } from '@holdfast/platform';
import { effectiveFault, reasonFault, type ReasonCode } from '@holdfast/warehouse';
import type { ReasonCodes } from '../reason-codes/reason-codes.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type { RecordPositionsRequest } from './adjustment.dto.js';
import { figureLine, type AdjustmentList } from './adjustment-list.js';
import { adjustmentProblem, recordProblem } from './adjustment-refusals.js';
import type { RecordedItem, RecordedStockAnswer, RecordedStockView } from './recorded-view.dto.js';
import type { Order } from './adjustments.service.js';
import { lotProblem } from '../lots/lot-refusals.js';
import { namesPositions, positionsOf } from './record-positions.js';
import { fieldFault, mustNameNoLot, skuNamed } from './subject.js';

type StockAdjusted = Extract<SkuEvent, { type: 'StockAdjusted' }>;

const DEFAULT_REASON = 'count';

interface RecordedWhere {
  readonly tenant: string;
  readonly actor: string;
  readonly at: number;
  readonly commandId: string;
  readonly sku: string;
  readonly reasonCode: string;
  readonly state: SkuState;
}

/** Sets what lies at a location to figures that somebody recorded there. */
export class RecordStockService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
    private readonly list: AdjustmentList,
    private readonly calendar: LotCalendar,
    private readonly reasons: ReasonCodes,
  ) {}

  /** @throws Problem 400 for what cannot be, 404 `unknown_location`, 409 `counted_since`, `later_fact_known` */
  async record(
    request: RecordPositionsRequest,
    { tenant, actor, commandId, at }: Order,
  ): Promise<{ readonly answer: RecordedStockAnswer; readonly position: Position }> {
    const sku = skuNamed(request);
    const { locationId, reason, complete = false } = request;
    const reasonCode = reasonOf(request, await this.reasons.find(tenant, request.reasonCode ?? DEFAULT_REASON));
    const effectiveAt = request.effectiveAt === undefined ? undefined : parseTime(request.effectiveAt);
    const fault = effectiveFault(effectiveAt, at);
    if (fault) throw adjustmentProblem(fault);
    await mustKnowLocation(this.locations, tenant, 'locationId', locationId);

    const documentId = `adj_${commandId}`;
    const { state } = await this.ledger.read({ tenant, sku });
    if (namesPositions(request, state)) return this.recordPositions(request, { tenant, actor, at, commandId, sku, reasonCode, state });
    const counted = figureOf(request);
    const command = {
      type: 'RecordStock',
      at,
      commandId,
      locationId,
      counted,
      effectiveAt: effectiveAt ?? at,
      reasonCode,
      ...(reason === undefined ? {} : { reason }),
      isComplete: complete,
      documentId,
    } as const;
    const outcome = await this.ledger.execute({ tenant, sku }, command, { actor });
    if (outcome.kind === 'refused') throw recordProblem(outcome, { sku, locationId });
    const { position } = outcome;
    const item = itemOf(outcome.state, sku, locationId, at);
    const event = outcome.events.find((each): each is StockAdjusted => each.type === 'StockAdjusted');
    const record =
      event === undefined ? await this.earlier(tenant, sku, documentId, position) : recordOf(event, { sku, actor, at, documentId, item });
    return { answer: { ...record, item }, position };
  }

  private async recordPositions(
    request: RecordPositionsRequest,
    { tenant, actor, at, commandId, sku, reasonCode, state }: RecordedWhere,
  ): Promise<{ readonly answer: RecordedStockAnswer; readonly position: Position }> {
    const { locationId, reason, complete = false } = request;
    const documentId = `adj_${commandId}`;
    const location = await this.locations.find(tenant, locationId);
    const positions = await positionsOf(request, { tenant, state, location, calendar: this.calendar });
    const effectiveAt = parseTime(request.effectiveAt) ?? at;
    const command = {
      type: 'RecordPositions',
      ...{ at, commandId, locationId, effectiveAt, reasonCode, documentId, positions, complete },
      ...(reason === undefined ? {} : { reason }),
    } as const;
    const outcome = await this.ledger.execute({ tenant, sku }, command, { actor });
    if (outcome.kind === 'refused') throw (outcome.code === 'later_fact_known' ? recordProblem : lotProblem)(outcome, { sku, locationId });
    const item = itemOf(outcome.state, sku, locationId, at);
    const event = outcome.events.find((each): each is StockAdjusted => each.type === 'StockAdjusted');
    if (event === undefined)
      return { answer: { ...(await this.earlier(tenant, sku, documentId, outcome.position)), item }, position: outcome.position };
    const answer = {
      id: documentId,
      ...{ sku, productMasterId: sku, locationId, complete },
      lines: (event.figures ?? []).map(figureLine),
      reasonCode,
      reason: reason ?? null,
      source: complete ? 'count' : 'api',
      effectiveAt: new Date(effectiveAt).toISOString(),
      createdBy: actor,
      createdAt: new Date(at).toISOString(),
      item,
    } as const;
    return { answer, position: outcome.position };
  }

  /** What the same request recorded before its answer was lost. */
  private async earlier(tenant: string, sku: string, documentId: string, position: Position): Promise<RecordedStockView> {
    await this.list.atLeast(position);
    const record = await this.list.recordedBy(tenant, sku, documentId);
    if (record === undefined) throw new Error(`the record ${documentId} of ${sku} was made and is not listed`);
    return record;
  }
}

/** On hand as the lines say: without lots and bins there is one figure. */
function figureOf({ lines, complete = false }: RecordPositionsRequest): number {
  for (const [index, line] of lines.entries()) {
    mustNameNoLot(line, `lines[${index}].`);
    if (line.expiryDate !== undefined) throw fieldFault(`lines[${index}].expiryDate`, 'must be left out: the SKU has no lots');
  }
  if (lines.length > 1) throw fieldFault('lines[1]', 'must be left out: without lots and bins a SKU has one figure at a location');
  const [line] = lines;
  if (line !== undefined) return line.quantity;
  if (complete) return 0;
  throw fieldFault('lines', 'must have at least 1 entry, or none with complete');
}

/** A figure may come out higher or lower than what was known, so its reason must allow both. */
function reasonOf({ reason }: RecordPositionsRequest, found: ReasonCode): string {
  const reasonCode = found.code;
  for (const delta of [1, -1]) {
    const code = reasonFault(found, delta, reason);
    if (code !== undefined) throw adjustmentProblem({ code, details: { reasonCode, direction: found.direction } });
  }
  return reasonCode;
}

function itemOf(recorded: SkuState, sku: string, locationId: string, at: number): RecordedItem {
  const { state } = asOf(recorded, at);
  const { onHand, reserved, held } = state.balances.get(locationId) ?? { onHand: 0, reserved: 0, held: 0 };
  const expired = positionViews(state, at).filter((view) => view.locationId === locationId && view.because === 'lot_expired');
  return {
    id: itemId(sku, locationId),
    sku,
    productMasterId: sku,
    locationId,
    quantityOnHand: onHand,
    quantityReserved: reserved,
    quantityHeld: held,
    quantityExpired: expired.reduce((sum, { quantity }) => sum + quantity, 0),
    quantityAvailable: availableUnits(state, locationId, at),
  };
}

function recordOf(
  event: StockAdjusted,
  { sku, actor, at, documentId, item }: { sku: string; actor: string; at: number; documentId: string; item: RecordedItem },
): RecordedStockView {
  const { locationId, delta, reasonCode, reason, counted, effectiveAt } = event;
  const quantityAfter = item.quantityOnHand;
  return {
    id: documentId,
    sku,
    productMasterId: sku,
    locationId,
    complete: counted !== undefined,
    lines: [{ lotId: null, binId: null, quantityBefore: quantityAfter - delta, quantityAfter, delta }],
    reasonCode,
    reason: reason ?? null,
    source: counted === undefined ? 'api' : 'count',
    effectiveAt: new Date(effectiveAt).toISOString(),
    createdBy: actor,
    createdAt: new Date(at).toISOString(),
  };
}
