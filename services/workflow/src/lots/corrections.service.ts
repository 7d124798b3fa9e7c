import type { Position } from '@holdfast/event-store';
import {
  availableUnits,
  decideSku,
  findLot,
  lotsAfter,
  lotViews,
  positionViews,
  type SkuCommand,
  type SkuEvent,
  type SkuState,
} from '@holdfast/inventory';
import type { KnownLocations, LotCalendar, SkuLedger } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';
import { Problem } from '@holdfast/platform';
import { mustKnowLocation } from '../locations/must-know.js';
import { fieldFault, skuNamed } from '../adjustments/subject.js';
import { saleOf } from '../bin-sale/sale-of.js';
import type { Order } from '../adjustments/adjustments.service.js';
import type { CorrectedLineView, LotChangeView, LotCorrectionRequest, LotCorrectionView } from './correction.dto.js';
import { lotProblem } from './lot-refusals.js';
import { eachCorrection, settledLines } from './several-corrections.js';
import { remainingExpiry } from './remaining-expiry.js';

interface Corrected {
  readonly state: SkuState;
  readonly events: readonly SkuEvent[];
  readonly position: Position;
}

/** Corrections of which lot units are of, and of lots themselves. On hand stays, and an ERP is told nothing. */
export class LotCorrectionsService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
    private readonly calendar: LotCalendar,
  ) {}

  /** @throws Problem 400 for what cannot be, 404 `unknown_location`, `unknown_lot`, `unknown_sku`, 409 with the code of the refusal */
  async correct(request: LotCorrectionRequest, order: Order): Promise<{ readonly answer: LotCorrectionView; readonly position: Position }> {
    const { tenant, actor, commandId, at } = order;
    const sku = skuNamed(request);
    const { type, locationId, dryRun = false } = request;
    if (locationId !== undefined) await mustKnowLocation(this.locations, tenant, 'locationId', locationId);
    const { state } = await this.ledger.read({ tenant, sku });
    const single = request.lines === undefined;
    const commands: SkuCommand[] = [];
    for (const [index, each] of eachCorrection(request).entries()) {
      const id = single ? commandId : uuidOf(`${commandId}|${String(index + 1)}`);
      commands.push(await this.commandOf(each, { ...order, commandId: id }, state, `adj_${commandId}`));
    }
    const where = { sku, ...(locationId === undefined ? {} : { locationId }) };
    const events: SkuEvent[] = [];
    const lines: (CorrectedLineView | Problem)[] = [];
    let corrected: Corrected = { ...(await this.ledger.read({ tenant, sku })), events };
    for (const [index, command] of commands.entries()) {
      try {
        corrected = dryRun ? await this.tried(tenant, sku, command, where) : await this.done({ tenant, sku }, command, actor, where);
        events.push(...corrected.events);
        lines.push({ line: index + 1, status: 'applied', changes: changesOf(corrected, at) });
      } catch (error) {
        if (single || !(error instanceof Problem)) throw error;
        lines.push(error);
      }
    }
    corrected = { ...corrected, events };
    const settled = settledLines(lines);
    const places = locationId === undefined ? [...corrected.state.balances.keys()] : [locationId];
    const sum = (units: (place: string) => number): number => places.reduce((total, place) => total + units(place), 0);
    const answer: LotCorrectionView = {
      id: `adj_${commandId}`,
      type,
      sku,
      productMasterId: sku,
      locationId: locationId ?? null,
      dryRun,
      status: settled.every(({ status }) => status === 'applied') ? 'applied' : 'partly_applied',
      changes: changesOf(corrected, at),
      ...(single ? {} : { lines: settled }),
      quantityOnHand: sum((place) => corrected.state.balances.get(place)?.onHand ?? 0),
      quantityAvailable: sum((place) => availableUnits(corrected.state, place, at)),
    };
    return { answer, position: corrected.position };
  }

  private async done(
    ref: { readonly tenant: string; readonly sku: string },
    command: SkuCommand,
    actor: string,
    where: Parameters<typeof lotProblem>[1],
  ): Promise<Corrected> {
    const outcome = await this.ledger.execute(ref, command, { actor });
    if (outcome.kind === 'refused') throw lotProblem(outcome, where);
    return outcome;
  }

  /** Decides, and stores nothing. */
  private async tried(tenant: string, sku: string, command: SkuCommand, where: Parameters<typeof lotProblem>[1]): Promise<Corrected> {
    const { state, position } = await this.ledger.read({ tenant, sku });
    const decision = decideSku(state, command);
    if (decision.kind === 'refused') throw lotProblem(decision, where);
    return { state: lotsAfter(state, decision.events, command.at), events: decision.events, position };
  }

  private async commandOf(
    request: LotCorrectionRequest,
    { tenant, commandId, at }: Order,
    state: SkuState,
    documentId: string,
  ): Promise<SkuCommand> {
    const { type, reason } = request;
    const expiryDate = request.expiryDate ?? undefined;
    const shared = { at, commandId, ...(reason === undefined ? {} : { reason }) };
    if (type === 'rename') {
      const lotId = named(request.lotId ?? request.fromLotId, 'lotId');
      return { ...shared, type: 'RenameLot', lotId, toLotId: named(request.toLotId, 'toLotId') };
    }
    if (type === 'change_expiry') return this.redated(request, { tenant, state }, shared);
    const { fromLotId, toLotId = request.lotId, quantity, binId, reasonCode = 'lot_correction', mayUncoverPromises } = request;
    const locationId = named(request.locationId, 'locationId');
    if (type === 'reassign' || type === 'split' || type === 'merge') {
      named(fromLotId, 'fromLotId');
      named(toLotId, 'toLotId');
    }
    if (type === 'assign') named(toLotId, 'lotId');
    if (quantity === undefined && type !== 'merge' && type !== 'settle') throw fieldFault('quantity', 'must be sent');
    const instant = expiryDate === undefined ? undefined : await this.calendar.expiresAt(tenant, locationId, expiryDate, state);
    return {
      ...shared,
      type: 'CorrectPositions',
      kind: type,
      locationId,
      ...(fromLotId === undefined ? {} : { fromLotId }),
      ...(toLotId === undefined ? {} : { toLotId }),
      ...(quantity === undefined ? {} : { quantity }),
      ...(binId === undefined ? {} : { binId }),
      ...(type === 'assign' ? saleOf(await this.locations.find(tenant, locationId), binId) : {}),
      ...(type === 'assign' && expiryDate !== undefined && instant !== undefined ? { expiryDate, expiresAt: instant } : {}),
      ...(type === 'merge' ? { expiry: await this.remaining(request, tenant, state) } : {}),
      reasonCode,
      documentId,
      ...(mayUncoverPromises === undefined ? {} : { mayUncoverPromises }),
    };
  }

  private async remaining(request: LotCorrectionRequest, tenant: string, state: SkuState) {
    const remains = remainingExpiry(request);
    if (remains === 'earliest' || remains === 'latest') return remains;
    return { expiryDate: remains, expiresAt: await this.calendar.instants(tenant, placesOf(state, request.toLotId ?? ''), remains, state) };
  }

  private async redated(
    { lotId: sent, fromLotId, expiryDate: date, withoutExpiry = date === null, reason }: LotCorrectionRequest,
    { tenant, state }: { readonly tenant: string; readonly state: SkuState },
    shared: { readonly at: number; readonly commandId: string },
  ): Promise<SkuCommand> {
    const lotId = named(sent ?? fromLotId, 'lotId');
    const expiryDate = date ?? undefined;
    if ((expiryDate === undefined) !== withoutExpiry) throw fieldFault('expiryDate', 'must be sent, or withoutExpiry');
    const expiresAt = expiryDate === undefined ? [] : await this.calendar.instants(tenant, placesOf(state, lotId), expiryDate, state);
    const lots = state.detail?.lots;
    const isExpired = lots !== undefined && (findLot(lots, lotId)?.expired.size ?? 0) > 0;
    if (isExpired && reason === undefined && !expiresAt.some((instant) => instant.expiresAt <= shared.at)) {
      throw new Problem(400, 'reason_required', 'Say why an expired lot may be sold again', { details: [{ field: 'reason', lotId }] });
    }
    return { ...shared, type: 'ChangeLotExpiry', lotId, ...(expiryDate === undefined ? {} : { expiryDate }), expiresAt };
  }
}

/** Where the lot lies, or lay. */
function placesOf(state: SkuState, lotId: string): readonly string[] {
  const lots = state.detail?.lots;
  const id = (lots && findLot(lots, lotId)?.lotId) ?? lotId;
  const lies = [...(lots?.locations ?? [])].filter(([, there]) => there.lots.has(id)).map(([locationId]) => locationId);
  const dated = lots?.lots.get(id)?.expiresAt.keys() ?? [];
  return [...new Set([...lies, ...dated])];
}

function named(value: string | undefined, field: string): string {
  if (value === undefined) throw fieldFault(field, 'must be sent for this type');
  return value;
}

/** By lot and location; those that add up to nothing are left out. */
function changesOf({ state, events }: Corrected, at: number): readonly LotChangeView[] {
  const deltas = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'PositionsCorrected') continue;
    for (const { locationId, lotId = '', delta } of event.positions) {
      const key = `${locationId}\n${lotId}`;
      deltas.set(key, (deltas.get(key) ?? 0) + delta);
    }
  }
  const views = positionViews(state, at);
  return [...deltas]
    .filter(([, delta]) => delta !== 0)
    .map(([key, delta]) => {
      const [locationId, lotId = ''] = key.split('\n');
      const there = views.filter((view) => view.locationId === locationId && (view.lotId ?? '') === lotId);
      return { lotId: lotId === '' ? null : lotId, delta, quantityOnHand: there.reduce((sum, { quantity }) => sum + quantity, 0) };
    });
}

/** The lot as the SKU knows it now; also by a former id. */
export const lotNamed = (state: SkuState, lotId: string, at: number) => {
  const lots = state.detail?.lots;
  const id = lots && findLot(lots, lotId)?.lotId;
  return id === undefined ? undefined : lotViews(state, at).find((view) => view.lotId === id);
};
