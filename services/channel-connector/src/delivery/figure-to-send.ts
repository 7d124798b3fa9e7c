import type { Figure } from '../providers/figures.js';
import type { MappedLocation } from '../providers/provider.js';

/**
 * What a listing should show: the channel's ATP, whole and never negative, and its parts at the places that the channel maps. Places together
 * never show more than the ATP; where caps make it less than the sum of the parts, later places lose units first. Units at locations that are
 * not mapped are shown nowhere.
 * @param parts by our locations; null where the channel's ATP is not known by location, and then a single mapped place shows all of it
 */
export function figureToSend(
  atp: number,
  parts: Readonly<Record<string, number>> | null,
  locations: readonly MappedLocation[],
  mostUnits: number,
): Figure {
  const whole = Math.min(Math.max(0, Math.floor(atp)), mostUnits);
  const remoteIds = [...new Set(locations.map(({ remoteId }) => remoteId))];
  if (remoteIds.length === 0) return { quantity: whole, parts: [] };
  let left = whole;
  const shown = remoteIds.map((remoteId) => {
    const quantity = Math.min(left, parts === null ? (remoteIds.length === 1 ? whole : 0) : unitsAt(remoteId, parts, locations));
    left -= quantity;
    return { remoteId, quantity };
  });
  return { quantity: shown.reduce((sum, { quantity }) => sum + quantity, 0), parts: shown };
}

const unitsAt = (remoteId: string, parts: Readonly<Record<string, number>>, locations: readonly MappedLocation[]): number =>
  locations
    .filter((location) => location.remoteId === remoteId)
    .reduce((sum, { locationId }) => sum + Math.max(0, Math.floor(parts[locationId] ?? 0)), 0);

/** Whether both show the same at every place. */
export const sameFigure = (one: Figure, other: Figure): boolean =>
  one.quantity === other.quantity &&
  one.parts.every(({ remoteId, quantity }) => (other.parts.find((part) => part.remoteId === remoteId)?.quantity ?? 0) === quantity);
