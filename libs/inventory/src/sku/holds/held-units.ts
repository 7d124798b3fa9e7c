import { heldInPositions, type KeptBack } from '../lots/blocked.js';
import type { Balance } from '../state.js';
import { add, countLotHold } from './lot-holds.js';
import type { HoldSums } from './state.js';

export const noSums = (): HoldSums => ({ everywhere: 0, whole: new Map(), quantities: new Map(), lots: new Map() });

export const copyOfSums = ({ everywhere, whole, quantities, lots }: HoldSums): HoldSums => ({
  everywhere,
  whole: new Map(whole),
  quantities: new Map(quantities),
  lots: new Map([...lots].map(([lotId, each]) => [lotId, { ...each, whole: new Map(each.whole), quantities: new Map(each.quantities) }])),
});

export interface HoldScope {
  readonly locationId: string | undefined;
  readonly lotIds: readonly string[] | undefined;
  /** Missing for a hold on all units of its scope. */
  readonly quantity: number | undefined;
}

/** Adds (1) or removes (-1) a hold; of a hold with a quantity so many units. */
export function countHold(sums: HoldSums, { locationId, quantity, lotIds }: HoldScope, sign: 1 | -1): void {
  if (lotIds !== undefined) for (const lotId of lotIds) countLotHold(sums, { lotId, locationId, quantity }, sign);
  else if (locationId === undefined) sums.everywhere += sign;
  else if (quantity === undefined) add(sums.whole, locationId, sign);
  else add(sums.quantities, locationId, sign * quantity);
}

const isWhollyHeld = ({ everywhere, whole }: HoldSums, locationId: string): boolean => everywhere > 0 || whole.has(locationId);

/** Whether a hold keeps all units of the lot at the location. */
export function isBlockedByHold(sums: HoldSums, locationId: string, lotId: string): boolean {
  if (isWhollyHeld(sums, locationId)) return true;
  const holds = sums.lots.get(lotId);
  return holds !== undefined && (holds.everywhere > 0 || holds.whole.has(locationId));
}

/** Units of the lot at the location that holds with a quantity name. */
export const lotQuantityHeld = (sums: HoldSums, locationId: string, lotId: string): number =>
  sums.lots.get(lotId)?.quantities.get(locationId) ?? 0;

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
