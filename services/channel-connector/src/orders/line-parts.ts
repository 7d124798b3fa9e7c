import type { Take } from '@holdfast/inventory';

/** One thing that was done to stock for a line, in the sequence of the doing. Stored as JSON with the line. */
export type LinePart =
  /** Units that left stock by a commit. `reservationId` also of a reservation that the shop had placed before. */
  | { readonly kind: 'commit'; readonly reservationId: string; readonly commitId: string; readonly takes: readonly Take[] }
  /** Units that were not free and left all the same. `uncovered`: of these, those that nothing covered. */
  | { readonly kind: 'sale'; readonly takes: readonly Take[]; readonly uncovered: number }
  /** Units that came back. `reverses`: the commit that was reversed for it. */
  | { readonly kind: 'return'; readonly takes: readonly Take[]; readonly reverses?: string }
  /** Units of a sale that nothing covered and something covers now. `takes`: of these, those that are missing elsewhere instead. */
  | { readonly kind: 'cover'; readonly takes: readonly Take[]; readonly covered: readonly Take[] };

/**
 * What is about to be done to stock, written down before. Its number makes the ids of the commands, so that a process that does it again does it
 * once; `revision` is the SKU's before it, from which on what happened can be read.
 */
export interface Intent {
  readonly number: number;
  readonly sku: string;
  /** Positive: units to take. Negative: units to give back. */
  readonly units: number;
  readonly revision: number;
  /** Nothing more is taken: units that were sold and not there are looked for again. */
  readonly covers?: true;
}

export const unitsOf = (takes: readonly Take[]): number => takes.reduce((units, { quantity }) => units + quantity, 0);

/** Units that are missing from stock for the line. */
export const unitsOut = (parts: readonly LinePart[]): number =>
  parts.reduce((units, part) => units + (isBack(part) ? -unitsOf(part.takes) : unitsOf(part.takes)), 0);

const isBack = ({ kind }: LinePart): boolean => kind === 'return' || kind === 'cover';

/** Of the units that left, those that nothing covers; what comes back was one of these first. */
export const unitsUncovered = (parts: readonly LinePart[]): number => unitsOf(uncoveredPlaces(parts));

/** Where units are missing that nothing covers. */
export function uncoveredPlaces(parts: readonly LinePart[]): readonly Take[] {
  const missing = new Map<string, number>();
  const add = (locationId: string, units: number): Map<string, number> => missing.set(locationId, (missing.get(locationId) ?? 0) + units);
  for (const part of parts) {
    if (part.kind === 'sale') for (const { locationId } of part.takes) add(locationId, part.uncovered);
    if (part.kind === 'cover') for (const { locationId, quantity } of part.covered) add(locationId, -quantity);
  }
  return firstOf(positive(missing), unitsOut(parts));
}

const positive = (units: ReadonlyMap<string, number>): readonly Take[] =>
  [...units].filter(([, quantity]) => quantity > 0).map(([locationId, quantity]) => ({ locationId, quantity }));

/** Units by place that could still come back. */
export function placesOf(parts: readonly LinePart[]): readonly Take[] {
  const left = new Map<string, number>();
  // Of units that were not there, the last goes back first: so these come last in the list.
  const ordered = [...parts.filter(({ kind }) => kind !== 'sale'), ...parts.filter(({ kind }) => kind === 'sale')];
  for (const part of ordered)
    for (const { locationId, quantity } of part.takes)
      left.set(locationId, (left.get(locationId) ?? 0) + (isBack(part) ? -quantity : quantity));
  return positive(left);
}

/** The last units of the takes. */
export function lastOf(takes: readonly Take[], units: number): readonly Take[] {
  const found: Take[] = [];
  let rest = units;
  for (const take of [...takes].reverse()) {
    const quantity = Math.min(rest, take.quantity);
    if (quantity > 0) found.push({ ...take, quantity });
    rest -= quantity;
  }
  return found;
}

/** The first units of the takes. */
export const firstOf = (takes: readonly Take[], units: number): readonly Take[] => [...lastOf([...takes].reverse(), units)];

/** Commits that nothing was given back of yet, newest first. */
export const wholeCommits = (parts: readonly LinePart[]): readonly Extract<LinePart, { kind: 'commit' }>[] =>
  parts.some((part) => part.kind === 'return' && part.reverses === undefined)
    ? []
    : parts
        .flatMap((part) => (part.kind === 'commit' ? [part] : []))
        .filter(({ commitId }) => !parts.some((part) => part.kind === 'return' && part.reverses === commitId))
        .reverse();
