import type { FreeStock } from '../sources/free-stock.js';
import { uncoveredUnits } from '../sources/owed.js';
import type { SkuState } from '../state.js';

/**
 * Units that may still be promised beyond on hand: the declared budget less the units that are uncovered already, for any reason.
 * @param freed units at a location that the decision frees by ending overdue holds
 */
export function overbookingLeft(state: SkuState, freed: (locationId: string) => number): number {
  const budget = state.limits?.overbookingUnits ?? 0;
  // Units overbooked for a new reservation would take the supply that waiting reservations are promised.
  if (budget === 0 || (state.supply !== undefined && state.supply.waiters.size > 0)) return 0;
  return Math.max(0, budget - uncoveredUnits(state, freed));
}

/** The stock with so many units more at one location. */
export const overbookedAt = (available: FreeStock['available'], at: string, units: number): FreeStock['available'] => {
  return (locationId) => available(locationId) + (locationId === at ? units : 0);
};
