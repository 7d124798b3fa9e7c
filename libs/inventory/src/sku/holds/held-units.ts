import { heldInPositions, type KeptBack } from '../lots/blocked.js';
import type { Balance } from '../state.js';
import { copyOfSums, countHold, isBlockedByHold, isWhollyHeld, type HoldScope } from './hold-sums.js';

/**
 * Units of the location that may not leave, each counted once. First all units of positions that a hold, an expiry or a bin keeps, also
 * beyond what is on hand: what lies there is in doubt then, and the lower promise is right. Then what holds with a quantity name, at most
 * what is left on hand.
 */
export function heldUnits(detail: KeptBack, locationId: string, onHand: number): number {
  const { sums, lots } = detail;
  const most = Math.max(0, onHand);
  if (isWhollyHeld(sums, locationId)) return most;
  const named = sums.quantities.get(locationId) ?? 0;
  if (lots === undefined) return Math.min(most, named);
  const { scope, ofLots } = heldInPositions(detail, locationId);
  const withoutLot = lots.control === 'required' ? Math.max(0, onHand - (lots.locations.get(locationId)?.assigned ?? 0)) : 0;
  const kept = scope + withoutLot;
  return kept + Math.min(Math.max(0, most - kept), ofLots + named);
}

/** Units that would be held by a new hold at the location and are not held yet. */
export function unitsNewlyHeld(detail: KeptBack, locationId: string, balance: Balance, hold: HoldScope): number {
  const { quantity, lotIds } = hold;
  const { sums } = detail;
  if (isWhollyHeld(sums, locationId)) return 0;
  if (quantity !== undefined && lotIds === undefined) return quantity;
  const lotId = lotIds?.[0];
  if (lotId !== undefined && isBlockedByHold(sums, locationId, lotId)) return 0;
  const after = copyOfSums(sums);
  countHold(after, { locationId, lotIds, quantity }, 1);
  return heldUnits({ ...detail, sums: after }, locationId, balance.onHand) - balance.held;
}

/** Units at the location that may leave: on hand less held. */
export const sellableUnits = ({ onHand, held }: Pick<Balance, 'onHand' | 'held'>): number => onHand - held;
