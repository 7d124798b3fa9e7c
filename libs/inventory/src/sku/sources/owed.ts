import type { SkuState } from '../state.js';
import type { FreeStock } from './free-stock.js';
import type { Source } from './source-policy.js';

type Stock = Pick<FreeStock, 'available' | 'freed'>;

/** Units promised at locations where they do not lie, for whatever reason. @param freed units at a location that the decision frees */
export function uncoveredUnits({ balances }: Pick<SkuState, 'balances'>, freed: FreeStock['freed']): number {
  let units = 0;
  for (const [locationId, { onHand, reserved }] of balances) units += Math.max(0, reserved - freed(locationId) - onHand);
  return units;
}

/**
 * Units that must be found for promises already made, beyond what was declared to be overbooked. They are owed where a fact from outside
 * took them away, and have to come from the other locations unless more arrives: nobody new may have them.
 */
const owedUnits = (state: SkuState, freed: FreeStock['freed']): number =>
  Math.max(0, uncoveredUnits(state, freed) - (state.limits?.overbookingUnits ?? 0));

/** Free units over all locations less those that are owed; below 0 where more is owed than is free. */
function unowedUnits(state: SkuState, { available, freed }: Stock): number {
  let units = 0;
  for (const locationId of state.balances.keys()) units += available(locationId);
  return units - owedUnits(state, freed);
}

/** Units that may be promised over all locations together, without overbooking. */
export const promisableUnits = (state: SkuState, stock: Stock): number => Math.max(0, unowedUnits(state, stock));

/** Owed units that nothing free is there for. */
export const owedBeyondFree = (state: SkuState, stock: Stock): number => Math.max(0, -unowedUnits(state, stock));

/**
 * Units free at a location for a reservation from these sources. What is owed is kept back at the locations that may not serve it, then at
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
