import { refuse } from '../../decision.js';
import type { InTransit, SkuState, TransitLot } from '../state.js';
import { detailIn } from '../holds/hold-sums.js';
import { inOpenBins, isBlockedHere, lacksLot, lotBlock, sellableOfLot } from './blocked.js';
import type { PositionUnits } from './commands.js';
import type { CorrectionFault } from './correction.js';
import type { PositionChange } from './events.js';
import { firstExpiring } from './fefo.js';
import { lotSums } from './in-transit.js';
import {
  changeOnlyPositions,
  copyOfPositions,
  findLot,
  lotUnitsAt,
  NONE,
  positionChange,
  takenFrom,
  unassignedUnits,
  unitsInBin,
} from './positions.js';

interface Departing {
  readonly fromLocationId: string;
  readonly quantity: number;
  readonly positions?: readonly PositionUnits[];
  readonly mayMoveHeld?: boolean;
  readonly mustBeExpired?: boolean;
}

export interface Departure {
  readonly positions: readonly PositionChange[];
  /** Of the units, those that may not leave by sale; they need no free units. */
  readonly heldUnits: number;
}

/** The positions that units leave on a move or a shipment: those that are named, else those that a sale would take. */
export function departingPositions(state: SkuState, command: Departing): Departure | CorrectionFault {
  const { fromLocationId: locationId, quantity, positions: named } = command;
  const { lots } = state.detail ?? {};
  if (named === undefined) {
    return { positions: lots === undefined ? [] : firstExpiring(detailIn(state), locationId, quantity), heldUnits: 0 };
  }
  const sum = named.reduce((units, each) => units + each.quantity, 0);
  if (sum !== quantity) return refuse('positions_differ', { quantity, positions: sum });
  const taken: PositionChange[] = [];
  let heldUnits = 0;
  let left = state;
  for (const position of named) {
    const one = departing(left, command, position);
    if ('kind' in one) return one;
    taken.push(...one.positions);
    heldUnits += one.heldUnits;
    // A lot may be named twice.
    if (named.length > 1) left = leftAt(left, locationId, position.quantity, one.positions);
  }
  return { positions: taken, heldUnits };
}

/** The state in which the units have left the location, as far as the next position needs it. */
function leftAt(state: SkuState, locationId: string, quantity: number, taken: readonly PositionChange[]): SkuState {
  const { onHand = 0, ...rest } = state.balances.get(locationId) ?? { reserved: 0, safetyStock: 0, held: 0 };
  const detail = detailIn(state);
  const lots = detail.lots && copyOfPositions(detail.lots, [locationId]);
  if (lots !== undefined) changeOnlyPositions(lots, taken);
  return {
    ...state,
    balances: new Map(state.balances).set(locationId, { ...rest, onHand: onHand - quantity }),
    detail: { ...detail, lots },
  };
}

function departing(state: SkuState, command: Departing, { lotId: asked, binId, quantity }: PositionUnits): Departure | CorrectionFault {
  const { fromLocationId: locationId, mayMoveHeld, mustBeExpired } = command;
  const detail = detailIn(state);
  const { lots } = detail;
  if (asked === undefined && binId === undefined) {
    const available = Math.max(0, unassignedUnits(state, locationId));
    return quantity > available ? refuse('insufficient_unassigned', { requested: quantity, available }) : { positions: [], heldUnits: 0 };
  }
  const lotId = asked === undefined ? NONE : lots && findLot(lots, asked)?.lotId;
  if (lotId === undefined) return refuse('unknown_lot', { lotId: asked });
  const isExpired = lots?.lots.get(lotId)?.expired.has(locationId) === true;
  if (mustBeExpired === true && !isExpired) return refuse('lot_not_expired', { lotId, locationId });
  const block = lotId === NONE ? undefined : lotBlock(detail, locationId, lotId);
  // A hold at this location does not follow the units; one on the lot, and an expiry, hold them elsewhere too.
  const mayMove = mayMoveHeld === true && !isBlockedHere(detail.sums, locationId, lotId);
  if (block !== undefined && !mayMove) return refuse(block, { lotId });
  const available = availableFor(state, locationId, { lotId, binId, isBlocked: block !== undefined });
  if (quantity > available) {
    const figures = { ...(lotId === NONE ? {} : { lotId }), requested: quantity, available };
    return binId === undefined ? refuse('insufficient_lot_stock', figures) : refuse('insufficient_in_bin', { ...figures, binId });
  }
  return { positions: takenFrom(lots, { locationId, lotId, binId }, quantity), heldUnits: block === undefined ? 0 : quantity };
}

interface Asked {
  readonly lotId: string;
  readonly binId: string | undefined;
  readonly isBlocked: boolean;
}

function availableFor(state: SkuState, locationId: string, { lotId, binId, isBlocked }: Asked): number {
  const detail = detailIn(state);
  const location = detail.lots?.locations.get(locationId);
  const there = lotUnitsAt(detail.lots, locationId, lotId);
  const inBin = binId === undefined ? there.units : unitsInBin(detail.lots, locationId, lotId, binId);
  if (isBlocked || location === undefined) return inBin;
  const isLoose = lotId === NONE && !lacksLot(detail.lots, lotId);
  const open = isLoose ? inOpenBins(there, location) : sellableOfLot(detail, locationId, lotId);
  return Math.min(inBin, open);
}

/** Where moved units come to: they keep their lots, and lie in no bin. */
export const arrivingPositions = (departed: readonly PositionChange[], toLocationId: string): readonly PositionChange[] =>
  [...lotSums(departed)].map(([lotId, units]) => positionChange(toLocationId, lotId, undefined, -units));

/**
 * The positions of units that end their way: those that are named, which must be in transit, else the lots in transit in order.
 * @param locationId where they are now
 */
export function endingPositions(
  state: SkuState,
  { lots: inTransit = [], quantity: open }: Pick<InTransit, 'lots' | 'quantity'>,
  {
    locationId,
    quantity,
    positions: named,
  }: { readonly locationId: string; readonly quantity: number; readonly positions?: readonly PositionUnits[] | undefined },
): readonly PositionChange[] | CorrectionFault {
  if (named === undefined)
    return firstOf(inTransit, quantity).map((part) => positionChange(locationId, part.lotId, undefined, part.quantity));
  const sum = named.reduce((units, each) => units + each.quantity, 0);
  if (sum !== quantity) return refuse('positions_differ', { quantity, positions: sum });
  const { lots } = state.detail ?? {};
  const left = new Map(inTransit.map((part) => [part.lotId, part.quantity]));
  const lotted = named.reduce((units, each) => units + (each.lotId === undefined ? 0 : each.quantity), 0);
  const loose = Math.max(0, open - inTransit.reduce((units, part) => units + part.quantity, 0));
  if (quantity - lotted > loose) return refuse('lot_required', { requested: quantity - lotted, withoutLot: loose });
  const changes: PositionChange[] = [];
  for (const { lotId: asked, binId, quantity: units } of named) {
    const lotId = asked === undefined ? undefined : ((lots && findLot(lots, asked)?.lotId) ?? asked);
    if (lotId !== undefined) {
      const available = left.get(lotId) ?? 0;
      if (units > available) return refuse('insufficient_lot_stock', { lotId, requested: units, available });
      left.set(lotId, available - units);
    }
    if (lotId !== undefined || binId !== undefined) changes.push(positionChange(locationId, lotId, binId, units));
  }
  return changes;
}

/** The first so many units of the lots in transit. */
export function firstOf(inTransit: readonly TransitLot[], quantity: number): readonly TransitLot[] {
  let rest = quantity;
  return inTransit
    .map(({ lotId, quantity: units }) => {
      const taken = Math.min(rest, units);
      rest -= taken;
      return { lotId, quantity: taken };
    })
    .filter((part) => part.quantity > 0);
}
