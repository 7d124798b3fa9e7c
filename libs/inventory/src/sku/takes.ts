import { isSamePlace, placeKey, takeAt, type StockPlace, type Take } from './stock-place.js';

/** Sum of units over all places. */
export function totalUnits(takes: readonly Take[]): number {
  let units = 0;
  for (const { quantity } of takes) units += quantity;
  return units;
}

export function unitsAt(takes: readonly Take[], place: StockPlace): number {
  let units = 0;
  for (const take of takes) if (isSamePlace(take, place)) units += take.quantity;
  return units;
}

/** The first `units` units of the takes. */
export function firstUnits(takes: readonly Take[], units: number): readonly Take[] {
  const first: Take[] = [];
  let rest = units;
  for (const take of takes) {
    const taken = Math.min(take.quantity, rest);
    if (taken > 0) first.push(takeAt(take, taken));
    rest -= taken;
  }
  return first;
}

/** The last `units` units of the takes. */
export const lastUnits = (takes: readonly Take[], units: number): readonly Take[] => firstUnits([...takes].reverse(), units);

/** The takes minus the others; places without units are left out. */
export const without = (takes: readonly Take[], others: readonly Take[]): readonly Take[] =>
  takes.map((take) => ({ ...take, quantity: take.quantity - unitsAt(others, take) })).filter(({ quantity }) => quantity > 0);

/** The sum of both, one take per place. */
export function together(takes: readonly Take[], others: readonly Take[]): readonly Take[] {
  if (takes.length === 0) return others;
  const found = new Map<string, Take>();
  for (const take of [...takes, ...others]) {
    const known = found.get(placeKey(take));
    found.set(placeKey(take), takeAt(known ?? take, (known?.quantity ?? 0) + take.quantity));
  }
  return [...found.values()];
}

/** The takes without their reasons. */
export const plainTakes = (takes: readonly Take[]): readonly Take[] => takes.map((take) => takeAt(take, take.quantity));
