import type { LocationKind } from './events.js';

/** Of a location that may promise nothing. */
export interface Serving {
  readonly kind?: LocationKind;
  readonly blocked?: boolean;
}

/** Whether nothing of the location may leave: it is blocked as a whole, or takes what is to be destroyed. */
export const servesNobody = ({ kind, blocked }: Serving): boolean => blocked === true || kind === 'destruction';

/**
 * Whether the event may change that the location promises nothing, so that what is said of all its SKUs is computed anew. `blocked` stands on
 * an event only where the location is blocked, or served nobody before.
 */
export const mayChangeServing = ({ kind, blocked }: Serving): boolean => blocked !== undefined || kind === 'destruction';

const known = new WeakMap<readonly (Serving & { readonly locationId: string })[], ReadonlySet<string>>();

/** Ids of those locations that serve nobody. The result is cached by the list, which is replaced when a location changes. */
export function servingNobody(locations: readonly (Serving & { readonly locationId: string })[]): ReadonlySet<string> {
  const cached = known.get(locations);
  if (cached !== undefined) return cached;
  const found = new Set(locations.filter(servesNobody).map(({ locationId }) => locationId));
  known.set(locations, found);
  return found;
}
