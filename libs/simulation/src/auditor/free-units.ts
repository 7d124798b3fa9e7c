import { mayServe } from './waiter.js';

/** Units of a SKU that are on hand and not promised, at one moment. */
export interface FreeUnits {
  /** Units by location; a location that has promised more than on hand is left out. */
  readonly free: ReadonlyMap<string, number>;
  /** Promised units beyond on hand, for any reason. */
  readonly uncovered: number;
  /** The declared budget for overbooking: so many uncovered units are allowed. */
  readonly budget: number;
}

export const NO_FREE_UNITS: FreeUnits = { free: new Map(), uncovered: 0, budget: 0 };

/** @param sellable units on hand that may leave */
export function freeUnitsOf(sellable: ReadonlyMap<string, number>, reserved: ReadonlyMap<string, number>, budget: number): FreeUnits {
  const free = new Map<string, number>();
  let uncovered = 0;
  for (const locationId of new Set([...sellable.keys(), ...reserved.keys()])) {
    const units = (sellable.get(locationId) ?? 0) - (reserved.get(locationId) ?? 0);
    if (units > 0) free.set(locationId, units);
    uncovered += Math.max(0, -units);
  }
  return { free, uncovered, budget };
}

/** Free units less uncovered ones beyond the budget; below 0 if too few are free. */
export function unowedUnits({ free, uncovered, budget }: FreeUnits): number {
  return [...free.values()].reduce((units, more) => units + more, 0) - Math.max(0, uncovered - budget);
}

/** Units that a reservation could get from these locations, or from any if undefined. */
export function servableUnits(freeUnits: FreeUnits, locationIds: readonly string[] | undefined): number {
  let units = 0;
  for (const [locationId, more] of freeUnits.free) if (mayServe(locationIds, locationId)) units += more;
  return Math.max(0, Math.min(units, unowedUnits(freeUnits)));
}
