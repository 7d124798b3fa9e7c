import type { Place } from './place.js';

const EARTH_RADIUS_KM = 6_371.0088;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in kilometres on a sphere of the Earth's mean radius (haversine formula); undefined where coordinates are missing. */
export function distanceKm(from: Place, to: Place): number | undefined {
  if (from.latitude === undefined || from.longitude === undefined || to.latitude === undefined || to.longitude === undefined)
    return undefined;
  const north = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2;
  const east = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2;
  const half = north + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * east;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** How near two places are, by the best measure that their data allow. */
export type Nearness =
  | { readonly kind: 'distance'; readonly km: number }
  /** Of the same country: how many leading characters of the postal codes agree, of how many. */
  | { readonly kind: 'postal_code'; readonly agreeing: number; readonly of: number }
  | { readonly kind: 'country' }
  | { readonly kind: 'unknown' };

const plainCode = (postalCode: string): string => postalCode.toUpperCase().replace(/[^A-Z0-9]/g, '');

/**
 * Called by the source policies. Uses coordinates where both places have them. Otherwise, within one country, counts how many leading
 * characters of the postal codes agree: postal codes are assigned by area, from coarse to fine, so this orders places, but it is no
 * distance. Postal codes of different countries are not compared.
 */
export function nearness(from: Place, to: Place): Nearness {
  const km = distanceKm(from, to);
  if (km !== undefined) return { kind: 'distance', km };
  if (from.country === undefined || from.country !== to.country) return { kind: 'unknown' };
  if (from.postalCode === undefined || to.postalCode === undefined) return { kind: 'country' };
  const [code, other] = [plainCode(from.postalCode), plainCode(to.postalCode)];
  let agreeing = 0;
  while (agreeing < code.length && code[agreeing] === other[agreeing]) agreeing += 1;
  return { kind: 'postal_code', agreeing, of: code.length };
}

const RANK = { distance: 0, postal_code: 1, country: 2, unknown: 3 } as const;

/**
 * Below zero where the first is nearer. A known distance comes before an agreeing postal code, that before the same country, that before
 * nothing known.
 */
export function compareNearness(one: Nearness, other: Nearness): number {
  if (one.kind === 'distance' && other.kind === 'distance') return one.km - other.km;
  if (one.kind === 'postal_code' && other.kind === 'postal_code') return other.agreeing - one.agreeing;
  return RANK[one.kind] - RANK[other.kind];
}

/** E.g. `12 km`; never the postal code of the request, because reasons are stored. */
export function describeNearness(near: Nearness): string {
  switch (near.kind) {
    case 'distance':
      return near.km < 9.95 ? `${near.km.toFixed(1)} km` : `${String(Math.round(near.km))} km`;
    case 'postal_code':
      return `postal code agrees in ${String(near.agreeing)} of ${String(near.of)} characters`;
    case 'country':
      return 'same country';
    case 'unknown':
      return 'unknown';
    default:
      return near satisfies never;
  }
}
