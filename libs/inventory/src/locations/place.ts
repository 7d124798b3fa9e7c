/** A geographic place; every field is optional. Coordinates come as a pair or not at all. */
export interface Place {
  /** Degrees, north positive. */
  readonly latitude?: number;
  /** Degrees, east positive. */
  readonly longitude?: number;
  /** ISO 3166-1, two capital letters. */
  readonly country?: string;
  readonly postalCode?: string;
  /** A region that the tenant defines, e.g. `north`. */
  readonly region?: string;
}

export const MAX_POSTAL_CODE_LENGTH = 20;
export const MAX_REGION_LENGTH = 100;

/** The fields of a place without others; unknown ones are left out. */
export function placeOf({ latitude, longitude, country, postalCode, region }: Place): Place {
  return {
    ...(latitude === undefined ? {} : { latitude }),
    ...(longitude === undefined ? {} : { longitude }),
    ...(country === undefined ? {} : { country }),
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(region === undefined ? {} : { region }),
  };
}

/** Returns the name of the first invalid field; undefined when all are valid. */
export function placeFault({ latitude, longitude, country, postalCode, region }: Place): keyof Place | undefined {
  if (latitude !== undefined && !(Math.abs(latitude) <= 90)) return 'latitude';
  if (longitude !== undefined && !(Math.abs(longitude) <= 180)) return 'longitude';
  if (longitude === undefined && latitude !== undefined) return 'longitude';
  if (latitude === undefined && longitude !== undefined) return 'latitude';
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) return 'country';
  if (postalCode !== undefined && (postalCode.trim() === '' || postalCode.length > MAX_POSTAL_CODE_LENGTH)) return 'postalCode';
  if (region !== undefined && (region.trim() === '' || region.length > MAX_REGION_LENGTH)) return 'region';
  return undefined;
}

export const samePlace = (one: Place, other: Place): boolean =>
  one.latitude === other.latitude &&
  one.longitude === other.longitude &&
  one.country === other.country &&
  one.postalCode === other.postalCode &&
  one.region === other.region;
