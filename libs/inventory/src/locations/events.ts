import type { Bin } from './bins.js';
import type { Place } from './place.js';

/** A tenant's locations. Stream `locations-{tenant}`. */
export type LocationEvent = LocationRegistered | LocationChanged | BinsSet;

export type LocationKind = 'warehouse' | 'store' | 'regional_hub';

/** What is known of a location beside its bins. */
export interface LocationFacts extends Place {
  readonly locationId: string;
  readonly name: string;
  readonly kind: LocationKind;
  /** Lower numbers are taken from first. */
  readonly priority: number;
  /** Whether units are sellable while they lie in a receiving bin; missing: they are. */
  readonly sellableBeforePutAway?: boolean;
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
