import { refuse, type Refusal } from '../../decision.js';
import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import type { SkuEvent } from '../events.js';
import type { HoldReleased } from '../holds/events.js';
import { heldUnits } from '../holds/held-units.js';
import { detailIn, lotQuantityHeld, withoutHold } from '../holds/hold-sums.js';
import { holdViews } from '../holds/views.js';
import { isBlockedHere } from '../lots/blocked.js';
import type { PositionUnits } from '../lots/commands.js';
import type { CorrectionFault } from '../lots/correction.js';
import type { PositionChange } from '../lots/events.js';
import { fromLot } from '../lots/fefo.js';
import { findLot, lotUnitsAt, takenFrom } from '../lots/positions.js';
import { departingPositions, type Departure } from '../lots/transit.js';
import { shortAt } from '../refusals.js';
import type { InTransit, SkuState, StockHold } from '../state.js';
import type { TravellingHold } from './events.js';

/** Units of a hold that leave a location. */
export interface HeldDeparture {
  /** Takes the units out of a hold with a quantity; one without stays, for what else lies there. */
  readonly released: readonly SkuEvent[];
  /** What they travel under; undefined for a hold on the whole SKU, which holds them anyway. */
  readonly hold: TravellingHold | undefined;
  readonly positions: readonly PositionChange[];
}

interface Leaving {
  readonly commandId: string;
  readonly fromLocationId: string;
  readonly quantity: number;
  readonly positions?: readonly PositionUnits[];
}

type HeldRefusal =
  | CorrectionFault
  | Refusal<'unknown_hold' | 'hold_released' | 'hold_in_transit' | 'hold_elsewhere' | 'quantity_exceeds_open' | 'insufficient_stock'>;

/** A hold that ends part of its units, or that comes to a second place, gets an id from the command that does so. */
const newHoldId = (commandId: string): string => `hold_${commandId}`;

/** Called by moves and shipments of held units. Decides which hold goes with the units: the hold itself, or a part of it under a new id. */
export function heldDeparture(state: SkuState, leaving: Leaving, holdId: string): HeldDeparture | HeldRefusal {
  const { commandId, fromLocationId, quantity } = leaving;
  const hold = state.detail?.holds.get(holdId);
  if (hold === undefined) return notHeld(state, holdId);
  if (hold.locationId !== undefined && hold.locationId !== fromLocationId) {
    return refuse('hold_elsewhere', { holdId, locationId: hold.locationId });
  }
  const { openUnits } = hold;
  if (openUnits !== undefined && quantity > openUnits) return refuse('quantity_exceeds_open', { requested: quantity, open: openUnits });
  const others = { ...state, detail: withoutHold(detailIn(state), hold) };
  const departing = leavingPositions(others, hold, leaving);
  if ('kind' in departing) return departing;
  const available = isKeptByChannel(fromLocationId) ? 0 : unitsUnder(state, others, hold, { locationId: fromLocationId, ...departing });
  if (quantity > available) return shortAt(fromLocationId, quantity, available);
  const { positions } = departing;
  if (hold.locationId === undefined) return { released: [], hold: undefined, positions };
  const movedTo = quantity === openUnits ? holdId : newHoldId(commandId);
  const travelling = travellingHold(hold, movedTo);
  if (openUnits === undefined) return { released: [], hold: travelling, positions };
  const released: HoldReleased = {
    type: 'HoldReleased',
    holdId,
    releaseId: commandId,
    quantity,
    openUnits: openUnits - quantity,
    disposition: 'moved',
    movedTo,
  };
  return { released: [released], hold: travelling, positions };
}

/** The refusal to use a hold that is not open. */
export function notHeld({ detail, inTransit }: SkuState, holdId: string): Refusal<'unknown_hold' | 'hold_released' | 'hold_in_transit'> {
  if ([...inTransit.values()].some(({ hold }) => hold?.holdId === holdId)) return refuse('hold_in_transit', { holdId });
  return refuse(detail?.endedHolds.has(holdId) === true ? 'hold_released' : 'unknown_hold', { holdId });
}

/**
 * Of a hold on a lot the units are of that lot; else those that are named, or that a sale would take if this hold were not there. Other holds,
 * and an expiry, still keep theirs.
 */
function leavingPositions(others: SkuState, hold: StockHold, leaving: Leaving): Departure | CorrectionFault | Refusal<'hold_elsewhere'> {
  const { holdId, lotId, openUnits } = hold;
  const { fromLocationId: locationId, quantity, positions: named } = leaving;
  const detail = detailIn(others);
  const { lots } = detail;
  if (lotId === undefined) return departingPositions(others, { ...leaving, mayMoveHeld: openUnits === undefined });
  const strange = named?.find((position) => position.lotId === undefined || (lots && findLot(lots, position.lotId)?.lotId) !== lotId);
  if (strange !== undefined) return refuse('hold_elsewhere', { holdId, lotId });
  if (isBlockedHere(detail.sums, locationId, lotId)) return refuse('lot_held', { lotId });
  if (named !== undefined) return departingPositions(others, { ...leaving, mayMoveHeld: true });
  const taken = openUnits === undefined ? takenFrom(lots, { locationId, lotId }, quantity) : fromLot(detail, locationId, lotId, quantity);
  return { positions: taken, heldUnits: 0 };
}

interface LeavingUnits extends Departure {
  readonly locationId: string;
}

/** Units there that this hold keeps. @param others the state without this hold */
function unitsUnder(state: SkuState, others: SkuState, hold: StockHold, { locationId, heldUnits: kept }: LeavingUnits): number {
  const { holdId, openUnits, lotId } = hold;
  if (openUnits !== undefined) return holdViews(state).find((view) => view.holdId === holdId)?.quantityHeld ?? 0;
  const { lots, sums } = detailIn(others);
  if (lotId !== undefined) return Math.max(0, lotUnitsAt(lots, locationId, lotId).units - lotQuantityHeld(sums, locationId, lotId));
  const onHand = state.balances.get(locationId)?.onHand ?? 0;
  // Positions that are named go along with what keeps them elsewhere too.
  return Math.max(0, onHand - heldUnits(detailIn(others), locationId, onHand)) + kept;
}

const travellingHold = ({ holdId: movedFrom, holdType, lotId, erpReference, createdBy }: StockHold, holdId: string): TravellingHold => ({
  holdId,
  holdType,
  movedFrom,
  ...(lotId === undefined ? {} : { lotId }),
  ...(erpReference === undefined ? {} : { erpReference }),
  ...(createdBy === undefined ? {} : { createdBy }),
});

interface Arriving {
  readonly commandId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** The hold at the place where units that travelled under it arrive. It is appended before their arrival, so that no reader sees them free. */
export const heldArrival = (
  hold: TravellingHold | undefined,
  { commandId, ...place }: Arriving,
  holdId = hold?.holdId ?? '',
): readonly SkuEvent[] => (hold === undefined ? [] : [{ type: 'HoldPlaced', commandId, ...hold, holdId, ...place, uncoveredUnits: 0 }]);

/** The hold of units of a transfer that arrive; each part after the first gets an id of its own. */
export const arrivalOf = ({ hold, receiptIds }: Pick<InTransit, 'hold' | 'receiptIds'>, arriving: Arriving): readonly SkuEvent[] =>
  heldArrival(hold, arriving, receiptIds.length === 0 ? undefined : newHoldId(arriving.commandId));
