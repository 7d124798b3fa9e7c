import type { Bin } from './bins.js';
import type { Place } from './place.js';

/** A tenant's locations. Stream `locations-{tenant}`. */
export type LocationEvent = LocationRegistered | LocationChanged | BinsSet;

export type LocationKind = 'warehouse' | 'store' | 'regional_hub' | 'destruction';

/** What is known of a location beside its bins. */
export interface LocationFacts extends Place {
  readonly locationId: string;
  readonly name: string;
  readonly kind: LocationKind;
  /** Lower numbers are taken from first. */
  readonly priority: number;
  /** Whether units are sellable while they lie in a receiving bin; missing: they are. */
  readonly sellableBeforePutAway?: boolean;
  /** Of the IANA database; missing: that of the main location, else UTC. Days of expiry are its days. */
  readonly timeZone?: string;
  /** Nothing may leave while it is true. On an event it is missing where the location was and is open. */
  readonly blocked?: boolean;
}

export interface Location extends LocationFacts {
  /** By sequence, then by id; none where units lie anywhere. */
  readonly bins?: readonly Bin[];
}

export interface LocationRegistered extends LocationFacts {
  readonly type: 'LocationRegistered';
}

export interface LocationChanged extends LocationFacts {
  readonly type: 'LocationChanged';
}

/** Bins were added, or all fields of known ones replaced; the others stay as they are. Bins are never removed. */
export interface BinsSet {
  readonly type: 'BinsSet';
  readonly locationId: string;
  readonly bins: readonly Bin[];
}
