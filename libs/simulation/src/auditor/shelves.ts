import { mayServe } from './waiter.js';

/** What lies on the shelves of a SKU and is promised to nobody, at one moment. */
export interface Shelves {
  /** Units by location; a location that has promised more than it has is not among them. */
  readonly free: ReadonlyMap<string, number>;
  /** Units that are promised and not there, for whatever reason. */
  readonly uncovered: number;
  /** Of these, so many may be: they were declared to be overbooked. */
  readonly budget: number;
}

export const EMPTY_SHELVES: Shelves = { free: new Map(), uncovered: 0, budget: 0 };

export function shelvesOf(onHand: ReadonlyMap<string, number>, reserved: ReadonlyMap<string, number>, budget: number): Shelves {
  const free = new Map<string, number>();
  let uncovered = 0;
  for (const locationId of new Set([...onHand.keys(), ...reserved.keys()])) {
    const units = (onHand.get(locationId) ?? 0) - (reserved.get(locationId) ?? 0);
    if (units > 0) free.set(locationId, units);
    uncovered += Math.max(0, -units);
  }
  return { free, uncovered, budget };
}

/** Free units less those that are promised elsewhere and not there, but for what was declared; below 0 where too few are free for that. */
export function unowedUnits({ free, uncovered, budget }: Shelves): number {
  return [...free.values()].reduce((units, more) => units + more, 0) - Math.max(0, uncovered - budget);
}

/** Units that somebody could have who may be served from these locations, or any where undefined. */
export function servableUnits(shelves: Shelves, locationIds: readonly string[] | undefined): number {
  let units = 0;
  for (const [locationId, more] of shelves.free) if (mayServe(locationIds, locationId)) units += more;
  return Math.max(0, Math.min(units, unowedUnits(shelves)));
}
