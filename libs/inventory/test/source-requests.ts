import type { SourcePolicy, SourceRequest, StockedSource } from '../src/index.js';

/** A location that may serve, with three units free, of a priority that nobody gave it, and nothing known of where it is. */
export const stocked = (locationId: string, fields: Partial<StockedSource> = {}): StockedSource => ({
  locationId,
  priority: 100,
  available: 3,
  ...fields,
});

/** What a policy answers of these sources, a location a line: `BER, nearest: 12 km`. One unit to nowhere in particular unless the fields say otherwise. */
export const inOrder = (
  policy: SourcePolicy,
  sources: readonly StockedSource[],
  fields: Partial<Omit<SourceRequest, 'sources'>> = {},
): readonly string[] =>
  policy
    .order({ sources, quantity: 1, destination: undefined, options: {}, ...fields })
    .choices.map(({ locationId, because }) => `${locationId}, ${because}`);
