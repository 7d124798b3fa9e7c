import type { LocationAtp } from '../fold/rows.js';

/** Column `locations`: units by location id. */
export type StoredParts = Readonly<Record<string, number>>;

const byLocation = (one: LocationAtp, other: LocationAtp): number => (one.locationId < other.locationId ? -1 : 1);

/** Postgres keeps the keys of an object in an order of its own, so they are sorted again. */
export const storedParts = (stored: StoredParts): readonly LocationAtp[] =>
  Object.entries(stored)
    .map(([locationId, atp]) => ({ locationId, atp }))
    .sort(byLocation);

/** As JSON, written without an object in between: every written row has a list of its own. */
export const partsJson = (parts: readonly LocationAtp[]): string =>
  `{${parts.map(({ locationId, atp }) => `${JSON.stringify(locationId)}:${String(atp)}`).join(',')}}`;
