import type { AdjustStock, SkuCommand, SkuEvent } from '@holdfast/inventory';
import { availableOf, chooseLocation, isKeptByChannel, skuLimits, type SkuState, type Take } from '@holdfast/inventory';
import type { Outcome } from '@holdfast/ledger';
import { takeEarlier, type EarlierTools } from './earlier-reservation.js';
import { unitsOf, type LinePart } from './line-parts.js';
import { idOf, requestHashOf, reservationIdOf, saidTime, type SoldLine } from './sold-order.js';

/** Units that a channel sold and that are not there, with the figures of their place. */
export interface Uncovered {
  readonly locationId: string;
  readonly units: number;
  /** On hand less reserved; below 0 where units are missing. */
  readonly available: number;
  readonly threshold: number;
}

export interface Taken {
  readonly parts: readonly LinePart[];
  readonly uncovered: readonly Uncovered[];
}

/** Of the SKU's stock, where its product names no threshold. */
const DEFAULT_THRESHOLD = 10;
const ACTOR = 'channel order';

/**
 * Takes sold units from stock: those that the shop reserved for the order, then what is free, then, as a fact, what is not. Done again with the
 * same number it has no second effect. @param past what happened since it was begun; nothing where it was begun just now
 */
export async function takeSold(
  tools: EarlierTools,
  line: SoldLine,
  { number, units }: { readonly number: number; readonly units: number },
  past: readonly SkuEvent[],
): Promise<Taken> {
  const parts: LinePart[] = [...(await takeEarlier(tools, line, number, units, past))];
  const rest = (): number => units - unitsOf(parts.flatMap(({ takes }) => takes));
  const places = line.locationIds.length === 0 ? [undefined] : line.locationIds;
  for (const [index, locationId] of places.entries()) {
    if (rest() === 0) break;
    parts.push(...(await takeFree(tools, line, idOf(line, number, `place ${String(index)}`), rest(), locationId, past)));
  }
  if (rest() === 0) return { parts, uncovered: [] };
  const { part, uncovered } = await takeBeyond(tools, line, number, rest(), past);
  return { parts: [...parts, part], uncovered: uncovered === undefined ? [] : [uncovered] };
}

const execute = (tools: EarlierTools, { tenant, sku }: SoldLine, command: SkuCommand): Promise<Outcome> =>
  tools.ledger.execute({ tenant, sku }, command, { actor: ACTOR });

async function takeFree(
  tools: EarlierTools,
  line: SoldLine,
  commandId: string,
  quantity: number,
  locationId: string | undefined,
  past: readonly SkuEvent[],
): Promise<readonly LinePart[]> {
  const reservationId = reservationIdOf(line.sku, commandId);
  const commitId = `${commandId}-commit`;
  const committed = past.find((event) => event.type === 'ReservationCommitted' && event.reservationId === reservationId);
  if (committed?.type === 'ReservationCommitted')
    return [{ kind: 'commit', reservationId, commitId: committed.commitId, takes: committed.takes }];
  const placed = await execute(tools, line, {
    type: 'PlaceReservation',
    at: tools.now(),
    commandId,
    reservationId,
    orderId: line.orderId,
    channelId: line.channelId,
    quantity,
    partial: true,
    sold: true,
    ttlMs: skuLimits.MAX_TTL_MS,
    requestHash: requestHashOf(commandId),
    sources: line.sources,
    ...saidTime(line),
    ...(locationId === undefined ? {} : { locationId }),
    ...(line.sourceRule === undefined || locationId !== undefined ? {} : { sourceRule: line.sourceRule }),
  });
  // Nothing is free, or a limit of the channel binds: what was sold is taken as a fact.
  if (placed.kind === 'refused') return [];
  const committing = await execute(tools, line, {
    type: 'CommitReservation',
    at: tools.now(),
    commandId: commitId,
    reservationId,
    ...saidTime(line),
  });
  if (committing.kind === 'refused') return [];
  const { reservations, ended } = committing.state;
  const takes: readonly Take[] = (reservations.get(reservationId) ?? ended.get(reservationId))?.committed ?? [];
  return takes.length === 0 ? [] : [{ kind: 'commit', reservationId, commitId, takes }];
}

async function takeBeyond(
  tools: EarlierTools,
  line: SoldLine,
  number: number,
  quantity: number,
  past: readonly SkuEvent[],
): Promise<{ readonly part: LinePart; readonly uncovered: Uncovered | undefined }> {
  const commandId = idOf(line, number, 'beyond');
  const before = past.find((event) => event.type === 'StockAdjusted' && event.commandId === commandId);
  const { state } = await tools.ledger.read({ tenant: line.tenant, sku: line.sku });
  if (before?.type === 'StockAdjusted') return booked(state, before.locationId, quantity, before.alreadyIssuedUnits);
  const locationId = line.locationIds[0] ?? mostAt(state);
  const outcome = await bookSold(tools, line, {
    commandId,
    locationId,
    delta: -quantity,
    reasonCode: 'channel_sale',
    reason: `sold by channel ${line.channelId} beyond what was free`,
    orderId: line.orderId,
    mayUncoverPromises: true,
  });
  if (outcome.kind === 'refused') throw new Error(`the sale cannot be booked: ${outcome.code} ${JSON.stringify(outcome.details)}`);
  const event = outcome.events.find((one) => one.type === 'StockAdjusted');
  return booked(outcome.state, locationId, quantity, event?.type === 'StockAdjusted' ? event.alreadyIssuedUnits : undefined);
}

/** Books a sale as of when it was made; as of now where a later count or figure of an ERP would refuse it for that. */
async function bookSold(tools: EarlierTools, line: SoldLine, sale: Omit<AdjustStock, 'type' | 'at' | 'effectiveAt'>): Promise<Outcome> {
  const at = tools.now();
  const asOf = (effectiveAt: number): Promise<Outcome> =>
    execute(tools, line, { type: 'AdjustStock', at, ...sale, effectiveAt: Math.min(effectiveAt, at) });
  const dated = await asOf(line.soldAt ?? at);
  return dated.kind === 'refused' && dated.code === 'later_fact_known' ? asOf(at) : dated;
}

/** A limit may have kept units from the channel that were there: then nothing is uncovered. */
function booked(
  state: SkuState,
  locationId: string,
  quantity: number,
  issued = 0,
): { readonly part: LinePart; readonly uncovered: Uncovered | undefined } {
  const { onHand, held, reserved } = state.balances.get(locationId) ?? { onHand: 0, held: 0, reserved: 0 };
  const units = Math.min(quantity - issued, Math.max(0, reserved - (onHand - held)));
  const part: LinePart = { kind: 'sale', takes: [{ locationId, quantity }], uncovered: units };
  return { part, uncovered: units === 0 ? undefined : uncoveredAt(state, locationId, units) };
}

/** So many units are not covered at the place, with its figures now. */
export function uncoveredAt(state: SkuState, locationId: string, units: number): Uncovered {
  const { onHand, held, reserved } = state.balances.get(locationId) ?? { onHand: 0, held: 0, reserved: 0 };
  return { locationId, units, available: onHand - held - reserved, threshold: state.description.lowStockThreshold ?? DEFAULT_THRESHOLD };
}

/** Where the SKU lies alone, else where most of it is free, else the tenant's default location. */
function mostAt(state: SkuState): string {
  const choice = chooseLocation(state);
  if (choice.kind === 'chosen') return choice.locationId;
  const ours = [...state.balances].filter(([locationId]) => !isKeptByChannel(locationId));
  const free = ours.sort(([, one], [, other]) => availableOf(other) - availableOf(one) || other.onHand - one.onHand);
  return free[0]?.[0] ?? choice.locations[0]?.locationId ?? '';
}
