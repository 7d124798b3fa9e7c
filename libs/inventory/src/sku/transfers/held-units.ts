import { refuse, type Refusal } from '../../decision.js';
import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import type { SkuEvent } from '../events.js';
import type { HoldReleased } from '../holds/events.js';
import { holdViews } from '../holds/views.js';
import type { PositionUnits } from '../lots/commands.js';
import type { CorrectionFault } from '../lots/correction.js';
import type { PositionChange } from '../lots/events.js';
import { lotUnitsAt, takenFrom } from '../lots/positions.js';
import { departingPositions } from '../lots/transit.js';
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
  const available = isKeptByChannel(fromLocationId) ? 0 : unitsUnder(state, hold, fromLocationId);
  if (quantity > available) return shortAt(fromLocationId, quantity, available);
  const positions = leavingPositions(state, hold, leaving);
  if ('kind' in positions) return positions;
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

/** Of a hold on a lot the units are of that lot; else those that are named, or that a sale would take. */
function leavingPositions(state: SkuState, { lotId }: StockHold, leaving: Leaving): readonly PositionChange[] | CorrectionFault {
  const { fromLocationId: locationId, quantity, positions: named } = leaving;
  if (lotId !== undefined && named === undefined) return takenFrom(state.detail?.lots, { locationId, lotId, binId: undefined }, quantity);
  const departing = departingPositions(state, { ...leaving, mayMoveHeld: true });
  return 'kind' in departing ? departing : departing.positions;
}

function unitsUnder(state: SkuState, { holdId, openUnits, lotId }: StockHold, locationId: string): number {
  if (openUnits === undefined && lotId !== undefined) return lotUnitsAt(state.detail?.lots, locationId, lotId).units;
  return openUnits === undefined
    ? Math.max(0, state.balances.get(locationId)?.onHand ?? 0)
    : (holdViews(state).find((view) => view.holdId === holdId)?.quantityHeld ?? 0);
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
