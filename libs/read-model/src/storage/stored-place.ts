import { placeOf } from '@holdfast/inventory';
import type { Place } from '@holdfast/inventory';

/** Columns of a location's place; null for unknown values. */
export interface StoredPlace {
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly country: string | null;
  readonly postal_code: string | null;
  readonly region: string | null;
}

export const PLACE_COLUMNS = 'latitude, longitude, country, postal_code, region';

export const storedPlace = ({ latitude, longitude, country, postal_code: postalCode, region }: StoredPlace): Place =>
  placeOf({
    ...(latitude === null || longitude === null ? {} : { latitude, longitude }),
    ...(country === null ? {} : { country }),
    ...(postalCode === null ? {} : { postalCode }),
    ...(region === null ? {} : { region }),
  });
