import type { SkuState } from '../state.js';
import type { FreeStock } from './free-stock.js';
import type { Source } from './source-policy.js';

type Stock = Pick<FreeStock, 'available' | 'freed'>;

/** Units promised at locations beyond those on hand there that may leave, for any reason. @param freed units at a location that the decision frees */
export function uncoveredUnits({ balances }: Pick<SkuState, 'balances'>, freed: FreeStock['freed']): number {
  let units = 0;
  for (const [locationId, { onHand, reserved, held }] of balances) units += Math.max(0, reserved - freed(locationId) - (onHand - held));
  return units;
}

/**
 * Units that existing promises need beyond on hand and beyond the declared overbooking. A fact from outside took them away, so they must
 * come from other locations unless more stock arrives; new reservations may not have them.
 */
const owedUnits = (state: SkuState, freed: FreeStock['freed']): number =>
  Math.max(0, uncoveredUnits(state, freed) - (state.limits?.overbookingUnits ?? 0));

/** Free units over all locations less owed units; below 0 if more is owed than is free. */
function unowedUnits(state: SkuState, { available, freed }: Stock): number {
  let units = 0;
  for (const locationId of state.balances.keys()) units += available(locationId);
  return units - owedUnits(state, freed);
}

/** Units that may be promised over all locations together, without overbooking. */
export const promisableUnits = (state: SkuState, stock: Stock): number => Math.max(0, unowedUnits(state, stock));

/** Owed units that exceed the free units. */
export const owedBeyondFree = (state: SkuState, stock: Stock): number => Math.max(0, -unowedUnits(state, stock));

/**
 * Units free at a location for a reservation from these sources. Owed units are kept at locations that may not serve it first, then at
 * those that would serve it last.
 */
export function availableTo(state: SkuState, sources: readonly Source[], { available, freed }: Stock): FreeStock['available'] {
  let owed = owedUnits(state, freed);
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
