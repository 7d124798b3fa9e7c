import type { Place } from './place.js';

/** A tenant's locations. Stream `locations-{tenant}`. */
export type LocationEvent = LocationRegistered | LocationChanged;

export type LocationKind = 'warehouse' | 'store' | 'regional_hub';

export interface Location extends Place {
  readonly locationId: string;
  readonly name: string;
  readonly kind: LocationKind;
  /** Lower numbers are taken from first. */
  readonly priority: number;
}

export interface LocationRegistered extends Location {
  readonly type: 'LocationRegistered';
}

export interface LocationChanged extends Location {
  readonly type: 'LocationChanged';
}
