import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import { accept, refuse, type Refusal } from '../../decision.js';
import { detailIn } from './hold-sums.js';
import { findLot } from '../lots/positions.js';
import type { LotStock } from '../lots/state.js';
import { MAX_OPEN_HOLDS_PER_SKU } from '../limits.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { locationFault, shortAtAny, type SkuDecision } from '../refusals.js';
import { freeStock } from '../sources/free-stock.js';
import type { Closed } from '../sources/closed.js';
import type { SkuState } from '../state.js';
import type { PlaceHold } from './commands.js';
import type { HoldPlaced, HoldType } from './events.js';
import { unitsNewlyHeld } from './held-units.js';
import { lotsToCover } from './lot-holds.js';

/** Facts that stop the goods whatever was promised. */
const NEVER_REFUSED: ReadonlySet<HoldType> = new Set(['recall', 'legal']);

/**
 * Decides to hold units. It takes free units, unless its type or the command says that it may uncover promises; it never ends a reservation.
 * A repeat changes nothing.
 */
export function placeHold(state: SkuState, command: PlaceHold, closed: Closed): SkuDecision {
  const { type: _, at, mayUncoverPromises, ...hold } = command;
  const { detail } = state;
  if (isRepeatedCommand(state, hold.commandId) || detail?.holds.has(hold.holdId) === true || detail?.endedHolds.has(hold.holdId) === true) {
    return accept();
  }
  if (!state.known) return refuse('unknown_sku');
  const fault = scopeFault(state, command);
  if (fault) return fault;
  if ((detail?.holds.size ?? 0) >= MAX_OPEN_HOLDS_PER_SKU) return refuse('too_many_holds', { most: MAX_OPEN_HOLDS_PER_SKU });

  const lotId = currentId(detail?.lots, hold.lotId);
  const named = { ...hold, ...(lotId === undefined ? {} : { lotId }) };
  const lotIds = lotsToCover(detail?.lots, named);
  const covered = lotIds !== undefined && lotIds.length > 1 ? { lotIds } : {};
  const placed: HoldPlaced = { type: 'HoldPlaced', ...named, ...covered, uncoveredUnits: 0 };
  if (mayUncoverPromises === true || NEVER_REFUSED.has(hold.holdType)) return accept(placed);
  const taken = unitsToHold(state, { ...command, ...(lotId === undefined ? {} : { lotId }) });
  const stock = freeStock(state, at, (available) => [...taken].every(([locationId, units]) => available(locationId) >= units), { closed });
  return shortAtAny(taken, stock) ?? accept(...stock.before, placed);
}

function scopeFault(
  state: SkuState,
  { locationId, lotId, quantity, holdType }: PlaceHold,
): Refusal<'invalid_quantity' | 'location_required' | 'too_many_locations' | 'unknown_lot'> | undefined {
  const lots = state.detail?.lots;
  const isKnown = lotId === undefined || (lots !== undefined && findLot(lots, lotId) !== undefined);
  if (!isKnown && !NEVER_REFUSED.has(holdType)) return refuse('unknown_lot', { lotId });
  if (locationId === undefined) return quantity === undefined ? undefined : refuse('location_required', { quantity });
  return (quantity === undefined ? undefined : quantityFault(quantity)) ?? locationFault(state, locationId);
}

/** The lot's id now: it may have been renamed. */
const currentId = (lots: LotStock | undefined, lotId: string | undefined): string | undefined =>
  lotId === undefined || lots === undefined ? lotId : (findLot(lots, lotId)?.lotId ?? lotId);

/** Units that the hold takes from what is free, by location. Nothing at a channel's own location is free anyway. */
function unitsToHold(state: SkuState, hold: PlaceHold): ReadonlyMap<string, number> {
  const detail = detailIn(state);
  const { locationId: only, quantity } = hold;
  const lotIds = lotsToCover(detail.lots, hold);
  const locations = only === undefined ? [...state.balances.keys()].filter((locationId) => !isKeptByChannel(locationId)) : [only];
  const none = { onHand: 0, reserved: 0, safetyStock: 0, held: 0 };
  return new Map(
    locations.map((locationId) => [
      locationId,
      unitsNewlyHeld(detail, locationId, state.balances.get(locationId) ?? none, { locationId, quantity, lotIds }),
    ]),
  );
}
