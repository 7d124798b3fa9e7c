import type { SkuState } from '../state.js';
import type { FreeStock } from './free-stock.js';
import type { Source } from './source-policy.js';

interface Stock extends Pick<FreeStock, 'available' | 'freed'> {
  /** Locations of which nothing may leave, whatever lies there. */
  readonly closed?: ReadonlySet<string>;
}

/** The stock without that of locations that serve nobody; what was promised there is owed by the others. */
export const openStock = <Of extends Stock>(stock: Of, closed: ReadonlySet<string>): Of =>
  closed.size === 0 ? stock : { ...stock, available: (locationId) => (closed.has(locationId) ? 0 : stock.available(locationId)), closed };

/** Units promised at locations beyond those on hand there that may leave, for any reason. @param freed units at a location that the decision frees */
export function uncoveredUnits({ balances }: Pick<SkuState, 'balances'>, freed: FreeStock['freed'], closed?: ReadonlySet<string>): number {
  let units = 0;
  for (const [locationId, { onHand, reserved, held }] of balances) {
    const covered = closed?.has(locationId) === true ? 0 : onHand - held;
    units += Math.max(0, reserved - freed(locationId) - covered);
  }
  return units;
}

/**
 * Units that existing promises need beyond on hand and beyond the declared overbooking. A fact from outside took them away, so they must
 * come from other locations unless more stock arrives; new reservations may not have them.
 */
const owedUnits = (state: SkuState, { freed, closed }: Pick<Stock, 'freed' | 'closed'>): number =>
  Math.max(0, uncoveredUnits(state, freed, closed) - (state.limits?.overbookingUnits ?? 0));

/** Free units over all locations less owed units; below 0 if more is owed than is free. */
function unowedUnits(state: SkuState, stock: Stock): number {
  let units = 0;
  for (const locationId of state.balances.keys()) units += stock.available(locationId);
  return units - owedUnits(state, stock);
}

/** Units that may be promised over all locations together, without overbooking. */
export const promisableUnits = (state: SkuState, stock: Stock): number => Math.max(0, unowedUnits(state, stock));

/** Owed units that exceed the free units. */
export const owedBeyondFree = (state: SkuState, stock: Stock): number => Math.max(0, -unowedUnits(state, stock));

/**
 * Units free at a location for a reservation from these sources. Owed units are kept at locations that may not serve it first, then at
 * those that would serve it last.
 */
export function availableTo(state: SkuState, sources: readonly Source[], stock: Stock): FreeStock['available'] {
  const { available } = stock;
  let owed = owedUnits(state, stock);
  if (owed === 0) return available;
  const kept = new Map<string, number>();
  const asked = new Set(sources.map(({ locationId }) => locationId));
  const others = [...state.balances.keys()].filter((locationId) => !asked.has(locationId));
  for (const locationId of [...others, ...[...asked].reverse()]) {
    const units = Math.min(owed, available(locationId));
    kept.set(locationId, units);
    owed -= units;
  }
  return (locationId) => available(locationId) - (kept.get(locationId) ?? 0);
}
