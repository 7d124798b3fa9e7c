import type { Take } from './stock-place.js';

/** Units over all locations. */
export function totalUnits(takes: readonly Take[]): number {
  let units = 0;
  for (const { quantity } of takes) units += quantity;
  return units;
}

export function unitsAt(takes: readonly Take[], locationId: string): number {
  let units = 0;
  for (const take of takes) if (take.locationId === locationId) units += take.quantity;
  return units;
}

/** The first so many units of the takes. */
export function firstUnits(takes: readonly Take[], units: number): readonly Take[] {
  const first: Take[] = [];
  let rest = units;
  for (const { locationId, quantity } of takes) {
    const taken = Math.min(quantity, rest);
    if (taken > 0) first.push({ locationId, quantity: taken });
    rest -= taken;
  }
  return first;
}

/** The takes without the others; locations with nothing left drop out. */
export const without = (takes: readonly Take[], others: readonly Take[]): readonly Take[] =>
  takes.map((take) => ({ ...take, quantity: take.quantity - unitsAt(others, take.locationId) })).filter(({ quantity }) => quantity > 0);

/** Both together, one take a location. */
export function together(takes: readonly Take[], others: readonly Take[]): readonly Take[] {
  if (takes.length === 0) return others;
  const units = new Map<string, number>();
  for (const { locationId, quantity } of [...takes, ...others]) units.set(locationId, (units.get(locationId) ?? 0) + quantity);
  return [...units].map(([locationId, quantity]) => ({ locationId, quantity }));
}

/** The takes without their reasons. */
export const plainTakes = (takes: readonly Take[]): readonly Take[] => takes.map(({ locationId, quantity }) => ({ locationId, quantity }));
