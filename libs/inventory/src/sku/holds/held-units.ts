import type { Balance } from '../state.js';
import type { HoldPlaced } from './events.js';
import type { HoldSums } from './state.js';

export const noSums = (): HoldSums => ({ everywhere: 0, whole: new Map(), quantities: new Map() });

export const copyOfSums = ({ everywhere, whole, quantities }: HoldSums): HoldSums => ({
  everywhere,
  whole: new Map(whole),
  quantities: new Map(quantities),
});

function add(sums: Map<string, number>, locationId: string, units: number): void {
  const sum = (sums.get(locationId) ?? 0) + units;
  if (sum === 0) sums.delete(locationId);
  else sums.set(locationId, sum);
}

type Scope = Pick<HoldPlaced, 'locationId' | 'quantity'>;

/** Adds (1) or removes (-1) a hold; of a hold with a quantity so many units. */
export function countHold(sums: HoldSums, { locationId, quantity }: Scope, sign: 1 | -1): void {
  if (locationId === undefined) sums.everywhere += sign;
  else if (quantity === undefined) add(sums.whole, locationId, sign);
  else add(sums.quantities, locationId, sign * quantity);
}

const isWhollyHeld = ({ everywhere, whole }: HoldSums, locationId: string): boolean => everywhere > 0 || whole.has(locationId);

/**
 * Units of the location that may not leave, each counted once: all of them under a hold without a quantity, else those that the other
 * holds name, at most what is on hand.
 */
export function heldUnits(sums: HoldSums, locationId: string, onHand: number): number {
  const most = Math.max(0, onHand);
  return isWhollyHeld(sums, locationId) ? most : Math.min(most, sums.quantities.get(locationId) ?? 0);
}

/** Units that would be held by a new hold at the location and are not held yet. */
export const unitsNewlyHeld = (sums: HoldSums, locationId: string, { onHand, held }: Balance, quantity: number | undefined): number =>
  isWhollyHeld(sums, locationId) ? 0 : (quantity ?? Math.max(0, onHand) - held);

/** Units at the location that may leave: on hand less held. */
export const sellableUnits = ({ onHand, held }: Pick<Balance, 'onHand' | 'held'>): number => onHand - held;
