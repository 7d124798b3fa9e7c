import type { Take } from '@holdfast/inventory';

/** One thing that was done to stock for a line, in the sequence of the doing. Stored as JSON with the line. */
export type LinePart =
  /** Units that left stock by a commit. `reservationId` also of a reservation that the shop had placed before. */
  | { readonly kind: 'commit'; readonly reservationId: string; readonly commitId: string; readonly takes: readonly Take[] }
  /** Units that were not free and left all the same. `uncovered`: of these, those that nothing covered. */
  | { readonly kind: 'sale'; readonly takes: readonly Take[]; readonly uncovered: number }
  /** Units that came back. `reverses`: the commit that was reversed for it. */
  | { readonly kind: 'return'; readonly takes: readonly Take[]; readonly reverses?: string };

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
}

export const unitsOf = (takes: readonly Take[]): number => takes.reduce((units, { quantity }) => units + quantity, 0);

/** Units that are missing from stock for the line. */
export const unitsOut = (parts: readonly LinePart[]): number =>
  parts.reduce((units, { kind, takes }) => units + (kind === 'return' ? -unitsOf(takes) : unitsOf(takes)), 0);

/** Of the units that left, those that nothing covered; what comes back was one of these first. */
export const unitsUncovered = (parts: readonly LinePart[]): number =>
  Math.min(
    unitsOut(parts),
    parts.reduce((units, part) => units + (part.kind === 'sale' ? part.uncovered : 0), 0),
  );

/** Units by place that could still come back. */
export function placesOf(parts: readonly LinePart[]): readonly Take[] {
  const left = new Map<string, number>();
  // Of units that were not there, the last goes back first: so these come last in the list.
  const ordered = [...parts.filter(({ kind }) => kind !== 'sale'), ...parts.filter(({ kind }) => kind === 'sale')];
  for (const { kind, takes } of ordered)
    for (const { locationId, quantity } of takes)
      left.set(locationId, (left.get(locationId) ?? 0) + (kind === 'return' ? -quantity : quantity));
  return [...left].filter(([, quantity]) => quantity > 0).map(([locationId, quantity]) => ({ locationId, quantity }));
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
