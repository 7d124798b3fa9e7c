import { refuse, type Refusal } from '../../decision.js';
import type { SkuState } from '../state.js';
import { detailIn, lotQuantityHeld } from '../holds/hold-sums.js';
import type { StockDetail } from '../holds/state.js';
import { blockOnArrival, inOpenBins, isExpiredBy, lotBlock } from './blocked.js';
import type { CorrectPositions, MergedExpiry } from './commands.js';
import type { Correction, CorrectionFault } from './correction.js';
import type { LotDeclared, LotExpiryChanged, LotInstant, PositionChange } from './events.js';
import { findLot, lotUnitsAt, NONE, positionChange, takenFrom } from './positions.js';
import { boundsFault, declarationsAt } from './received.js';
import type { Lot } from './state.js';

interface Leaving {
  readonly lot: Lot;
  /** Decreases of the lot. */
  readonly taken: readonly PositionChange[];
}

/** The units that leave a lot, or why they cannot. */
function leaving(state: SkuState, { locationId, fromLotId = '', quantity, binId }: CorrectPositions): Leaving | CorrectionFault {
  const lots = state.detail?.lots;
  const lot = lots && findLot(lots, fromLotId);
  if (lot === undefined) return refuse('unknown_lot', { lotId: fromLotId });
  const { units, bins } = lotUnitsAt(lots, locationId, lot.lotId);
  const there = binId === undefined ? units : (bins.get(binId) ?? 0);
  const asked = quantity ?? there;
  if (asked === 0 || asked > there) {
    return refuse(binId === undefined ? 'insufficient_lot_stock' : 'insufficient_in_bin', {
      lotId: lot.lotId,
      requested: asked,
      available: there,
      ...(binId === undefined ? {} : { binId }),
    });
  }
  const taken = takenFrom(lots, { locationId, lotId: lot.lotId, binId }, asked);
  return quantityHoldFault(state, locationId, lot.lotId, taken) ?? { lot, taken };
}

/** Holds on a number of a lot's units stay with the lot, and so must that many units in bins that units may leave. */
function quantityHoldFault(
  state: SkuState,
  locationId: string,
  lotId: string,
  taken: readonly PositionChange[],
): Refusal<'lot_held'> | undefined {
  const { sums, lots } = detailIn(state);
  const held = lotQuantityHeld(sums, locationId, lotId);
  const location = lots?.locations.get(locationId);
  if (held === 0 || location === undefined) return undefined;
  const requested = unitsOf(taken.filter(({ binId = NONE }) => !location.closedBins.has(binId)));
  const available = Math.max(0, inOpenBins(lotUnitsAt(lots, locationId, lotId), location) - held);
  return requested > available ? refuse('lot_held', { lotId, requested, available }) : undefined;
}

/** The units get the other lot in the bins where they lie. */
const intoLot = (taken: readonly PositionChange[], lotId: string): readonly PositionChange[] => [
  ...taken,
  ...taken.map(({ locationId, binId, delta }) => positionChange(locationId, lotId, binId, -delta)),
];

const unitsOf = (taken: readonly PositionChange[]): number => taken.reduce((sum, { delta }) => sum - delta, 0);

/** Units turn out to be of another lot that is known. */
export function reassigned(state: SkuState, command: CorrectPositions): Correction | CorrectionFault {
  const { locationId, toLotId = '' } = command;
  const lots = state.detail?.lots;
  const target = lots && findLot(lots, toLotId);
  if (target === undefined) return refuse('unknown_lot', { lotId: toLotId });
  const from = leaving(state, command);
  if ('kind' in from) return from;
  if (from.lot.lotId === target.lotId) return refuse('lot_exists', { lotId: toLotId });
  const positions = intoLot(from.taken, target.lotId);
  return { before: declarationsAt(lots, locationId, positions.slice(from.taken.length)), positions };
}

/** Units of a lot become a lot of their own, with its dates and under the holds on it. */
export function split(state: SkuState, command: CorrectPositions): Correction | CorrectionFault {
  const { locationId, toLotId } = command;
  const lots = state.detail?.lots;
  if (toLotId === undefined) return refuse('lot_required');
  if (lots !== undefined && findLot(lots, toLotId) !== undefined) return refuse('lot_exists', { lotId: toLotId });
  const from = leaving(state, command);
  if ('kind' in from) return from;
  const fault = boundsFault(lots, locationId, [{ lotId: toLotId }]);
  if (fault?.kind === 'refused') return fault;
  const { lotId: parentLotId, expiryDate, expiresAt } = from.lot;
  const declared: LotDeclared = {
    type: 'LotDeclared',
    lotId: toLotId,
    ...(expiryDate === undefined ? {} : { expiryDate }),
    expiresAt: [...expiresAt].map(([at, instant]) => ({ locationId: at, expiresAt: instant })),
    parentLotId,
  };
  return { before: [declared], positions: intoLot(from.taken, toLotId) };
}

/** All or a part of a lot goes into another; both must be held or expired, or neither. */
export function merged(state: SkuState, command: CorrectPositions): Correction | CorrectionFault {
  const { locationId, toLotId = '', commandId, at } = command;
  const detail = detailIn(state);
  const target = detail.lots && findLot(detail.lots, toLotId);
  if (target === undefined) return refuse('unknown_lot', { lotId: toLotId });
  const from = leaving(state, command);
  if ('kind' in from) return from;
  if (from.lot.lotId === target.lotId) return refuse('lot_exists', { lotId: toLotId });
  const positions = intoLot(from.taken, target.lotId);
  const redated = mergedDate(from.lot, target, command, commandId);
  const declared = redated === undefined ? declarationsAt(detail.lots, locationId, positions.slice(from.taken.length)) : [];
  const one = lotBlock(detail, locationId, from.lot.lotId);
  const other = blockOnArrival(detail, { locationId, lotId: target.lotId, at }, declared);
  if (one !== other) {
    const code = one === 'lot_held' || other === 'lot_held' ? 'lot_held' : 'lot_expired';
    return refuse(code, { lotId: one === code ? from.lot.lotId : target.lotId });
  }
  const lost = holdThatIsLost(detail, from.lot.lotId, target.lotId, locationId);
  if (lost !== undefined) return refuse('lot_held', { lotId: from.lot.lotId, holdId: lost });
  const places = [locationId, ...(redated === undefined ? [] : placesOfUnits(state, target))];
  const differs = expiredInOne(from.lot, target, places, at);
  if (differs !== undefined) return refuse('lot_expired', differs);
  return { before: redated === undefined ? declared : [redated], positions };
}

/** The hold that keeps all units of the one lot there, and not those of the other. */
function holdThatIsLost({ holds }: StockDetail, lotId: string, intoLotId: string, locationId: string): string | undefined {
  for (const { holdId, openUnits, lotIds, locationId: at } of holds.values()) {
    const keeps = openUnits === undefined && (at ?? locationId) === locationId && lotIds?.includes(lotId) === true;
    if (keeps && !lotIds.includes(intoLotId)) return holdId;
  }
  return undefined;
}

/** The lot that is expired at a location where the other is not; undefined where they are alike. */
function expiredInOne(
  one: Lot,
  other: Lot,
  locationIds: Iterable<string>,
  time: number,
): { readonly lotId: string; readonly locationId: string } | undefined {
  for (const locationId of locationIds) {
    const isExpired = isExpiredBy(one, locationId, time);
    if (isExpired !== isExpiredBy(other, locationId, time)) return { lotId: (isExpired ? one : other).lotId, locationId };
  }
  return undefined;
}

/** Where units of the lot lie or will arrive: a new date of the lot counts in all of these places. */
const placesOfUnits = ({ detail, inTransit }: SkuState, { lotId }: Lot): readonly string[] => [
  ...[...(detail?.lots?.locations ?? [])].filter(([, { lots }]) => lots.has(lotId)).map(([locationId]) => locationId),
  ...[...inTransit.values()]
    .filter(({ lots = [] }) => lots.some((part) => part.lotId === lotId))
    .flatMap(({ fromLocationId, toLocationId }) => [fromLocationId, toLocationId]),
];

/** The new date of the target; undefined where it keeps its own. */
function mergedDate(
  from: Lot,
  target: Lot,
  { expiry = 'earliest', locationId }: CorrectPositions,
  commandId: string,
): LotExpiryChanged | undefined {
  const places = new Set([...target.expiresAt.keys(), locationId]);
  if (typeof expiry === 'object') return { type: 'LotExpiryChanged', commandId, lotId: target.lotId, ...datedAt(expiry, places) };
  if (from.expiryDate === target.expiryDate) return undefined;
  // A lot without a date lasts longer than any with one.
  const fromIsEarlier = from.expiryDate !== undefined && (target.expiryDate === undefined || from.expiryDate < target.expiryDate);
  if (fromIsEarlier !== (expiry === 'earliest')) return undefined;
  const instants = [...from.expiresAt].map(([at, expiresAt]) => ({ locationId: at, expiresAt }));
  return {
    type: 'LotExpiryChanged',
    commandId,
    lotId: target.lotId,
    ...datedAt({ expiryDate: from.expiryDate, expiresAt: instants }, places),
  };
}

/** A date with an instant for each of these locations: where none is said, the earliest of those that are. */
export function datedAt(
  { expiryDate, expiresAt }: { readonly expiryDate: string | undefined; readonly expiresAt: MergedExpiry['expiresAt'] },
  places: Iterable<string>,
): { readonly expiryDate?: string; readonly expiresAt: readonly LotInstant[] } {
  if (expiryDate === undefined || expiresAt.length === 0) return { ...(expiryDate === undefined ? {} : { expiryDate }), expiresAt: [] };
  const said = new Map(expiresAt.map((instant) => [instant.locationId, instant.expiresAt]));
  const earliest = Math.min(...said.values());
  const all = new Set([...said.keys(), ...places]);
  return { expiryDate, expiresAt: [...all].map((locationId) => ({ locationId, expiresAt: said.get(locationId) ?? earliest })) };
}
