import { START, type Position } from '@holdfast/event-store';
import { availableUnits, findLot, type SkuCommand, type SkuEvent, type SkuState } from '@holdfast/inventory';
import { allDone, runInLanes, uuidOf } from '@holdfast/kit';
import type { KnownLocations, Outcome, SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { Order } from '../adjustments/adjustments.service.js';
import { fieldFault, skuNamed } from '../adjustments/subject.js';
import { mustKnowLocation } from '../locations/must-know.js';
import type {
  LotLinesView,
  LotLineView,
  LotUnitsRequest,
  MarkConsumedRequest,
  MarkExpiredRequest,
  TransferDestructionRequest,
} from './expired.dto.js';
import { LOT_SENTENCES } from './lot-refusals.js';

interface Line {
  readonly line: number;
  readonly sku: string;
  readonly locationId: string;
  readonly lotId: string;
  readonly quantity: number | undefined;
}

type CommandOf = (line: Line, commandId: string, state: SkuState) => SkuCommand;

export interface AnsweredLines {
  readonly answer: LotLinesView;
  readonly position: Position;
}

const SKUS_AT_ONCE = 32;

/** What people do with lots that are, or should count as, expired. Each line is applied or refused on its own. */
export class ExpiredLotsService {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: KnownLocations,
  ) {}

  /** Lots count as expired from now on, whatever their date. Never refused for promises. @throws Problem 404 `unknown_location`, 409 */
  markExpired({ items, reason }: MarkExpiredRequest, order: Order): Promise<AnsweredLines> {
    return this.each(items, order, ({ locationId, lotId, quantity }, commandId) => ({
      type: 'ExpireLots',
      at: order.at,
      commandId,
      locationId,
      lotId,
      ...(quantity === undefined ? {} : { quantity }),
      ...(reason === undefined ? {} : { reason }),
      createdBy: order.actor,
    }));
  }

  /** Expired units were used up: on hand goes down, and no free units are needed for it. */
  markConsumed({ items, reason }: MarkConsumedRequest, order: Order): Promise<AnsweredLines> {
    return this.each(items, order, this.takenOff(order, 'expired_consumed', reason));
  }

  /** Expired units go to where they are destroyed, or are destroyed. */
  async transferDestruction(request: TransferDestructionRequest, order: Order): Promise<AnsweredLines> {
    const { items, mode, destructionLocationId: to, certificate, witness } = request;
    if (mode === 'destroy') {
      if (to !== undefined) throw fieldFault('destructionLocationId', 'must be left out: each item names where its units lie now');
      const reason = [certificate && `certificate ${certificate}`, witness && `witness ${witness}`].filter(Boolean).join(', ');
      return this.each(items, order, this.takenOff(order, 'destroyed', reason === '' ? undefined : reason));
    }
    if (to === undefined) throw fieldFault('destructionLocationId', 'must be sent with move');
    await mustKnowLocation(this.locations, order.tenant, 'destructionLocationId', to);
    if ((await this.locations.find(order.tenant, to))?.kind !== 'destruction') {
      throw new Problem(409, 'not_for_destruction', 'The location is not of kind destruction', {
        details: [{ field: 'destructionLocationId', locationId: to }],
      });
    }
    return this.each(items, order, (line, commandId, state) => {
      const { locationId, lotId } = line;
      const quantity = unitsOf(line, state);
      const expiresAt = lotOf(state, lotId)?.expiresAt.get(locationId);
      return {
        type: 'MoveStock',
        at: order.at,
        commandId,
        fromLocationId: locationId,
        toLocationId: to,
        quantity,
        reference: `adj_${order.commandId}`,
        positions: [{ lotId, quantity }],
        mayMoveHeld: true,
        mustBeExpired: true,
        ...(expiresAt === undefined ? {} : { lots: [{ lotId, expiresAt }] }),
      };
    });
  }

  private takenOff({ at, commandId: document }: Order, reasonCode: string, reason: string | undefined): CommandOf {
    return (line, commandId, state) => ({
      type: 'AdjustStock',
      at,
      commandId,
      locationId: line.locationId,
      lotId: line.lotId,
      delta: -unitsOf(line, state),
      effectiveAt: at,
      reasonCode,
      ...(reason === undefined ? {} : { reason }),
      mustBeExpired: true,
      documentId: `adj_${document}`,
      documentLine: line.line,
    });
  }

  private async each(items: readonly LotUnitsRequest[], order: Order, commandOf: CommandOf): Promise<AnsweredLines> {
    const lines = items.map((item, index): Line => {
      const { locationId, lotId, quantity } = item;
      return { line: index + 1, sku: skuNamed(item, `items[${index}].`), locationId, lotId, quantity };
    });
    for (const [index, { locationId }] of lines.entries())
      await mustKnowLocation(this.locations, order.tenant, `items[${index}].locationId`, locationId);
    let position = START;
    const settled = await runInLanes(lines, { laneOf: ({ sku }) => sku, lanes: SKUS_AT_ONCE, window: 1 }, async (line) => {
      const ref = { tenant: order.tenant, sku: line.sku };
      const { state } = await this.ledger.read(ref);
      const command = commandOf(line, uuidOf(`${order.commandId}|${line.line}`), state);
      const outcome = await this.ledger.execute(ref, command, { actor: order.actor });
      if (outcome.position > position) position = outcome.position;
      return outcomeView(line, outcome, order.at);
    });
    const views = [...allDone(settled)].sort((one, other) => one.line - other.line);
    const [first] = views;
    if (first !== undefined && views.every(({ status }) => status === 'refused')) {
      const { code = 'refused' } = first;
      throw new Problem(code === 'unknown_lot' ? 404 : 409, code, LOT_SENTENCES[code] ?? `Refused: ${code}`, { details: views });
    }
    return { answer: { id: `adj_${order.commandId}`, lines: views }, position };
  }
}

const lotOf = (state: SkuState, lotId: string) => (state.detail?.lots === undefined ? undefined : findLot(state.detail.lots, lotId));

/** The units of the line; at least 1, so that a lot with none is refused for it. */
function unitsOf({ quantity, locationId, lotId }: Line, state: SkuState): number {
  const id = lotOf(state, lotId)?.lotId ?? lotId;
  return quantity ?? Math.max(1, state.detail?.lots?.locations.get(locationId)?.lots.get(id)?.units ?? 0);
}

const uncoveredBy = (events: readonly SkuEvent[]): number =>
  events.reduce((sum, event) => sum + (event.type === 'LotExpired' || event.type === 'HoldPlaced' ? event.uncoveredUnits : 0), 0);

function outcomeView(line: Line, outcome: Outcome, at: number): LotLineView {
  if (outcome.kind === 'accepted') return lineView(line, { state: outcome.state, events: outcome.events, at });
  const { available } = outcome.details;
  return lineView(line, { state: outcome.state, code: outcome.code, available: typeof available === 'number' ? available : undefined, at });
}

interface Became {
  readonly state: SkuState;
  readonly at: number;
  readonly events?: readonly SkuEvent[];
  readonly code?: string;
  readonly available?: number | undefined;
}

function lineView({ line, sku, locationId, lotId }: Line, { state, at, events = [], code, available }: Became): LotLineView {
  return {
    line,
    sku,
    productMasterId: sku,
    locationId,
    lotId,
    status: code !== undefined ? 'refused' : events.length === 0 ? 'unchanged' : 'applied',
    ...(code === undefined ? {} : { code }),
    ...(available === undefined ? {} : { available }),
    uncoveredPromises: uncoveredBy(events),
    quantityOnHand: state.balances.get(locationId)?.onHand ?? 0,
    quantityAvailable: availableUnits(state, locationId, at),
  };
}
