import type { LocationKind } from '../../locations/events.js';
import type { Place } from '../../locations/place.js';

/** A location that may serve, with its attributes; lower priority numbers first, ties by id. */
export interface Source extends Place {
  readonly locationId: string;
  readonly priority: number;
  readonly kind?: LocationKind;
  /** Nothing may leave: it serves no request. */
  readonly blocked?: boolean;
}

/** A source with the units that may be taken from it now. */
export interface StockedSource extends Source {
  readonly available: number;
}

/** Plain JSON that the policy defines. */
export type SourcePolicyOptions = Readonly<Record<string, unknown>>;

/** The rule by which a channel's reservations find their locations. */
export interface SourceRule {
  /** Name of a registered policy. */
  readonly name: string;
  readonly options?: SourcePolicyOptions;
}

export interface SourceRequest {
  /** Every location of the SKU, by priority, then by id. */
  readonly sources: readonly StockedSource[];
  /** Units of the request. */
  readonly quantity: number;
  /** Destination of the units, if the caller named one. */
  readonly destination: Place | undefined;
  readonly options: SourcePolicyOptions;
}

export interface SourceChoice {
  readonly locationId: string;
  /** The reason for this location, for people, with figures: `nearest: 12 km`. */
  readonly because: string;
}

export interface SourceOrder {
  /** In the order in which units are taken. A location that is left out serves nothing. */
  readonly choices: readonly SourceChoice[];
  /** Take from them in this order even if a later one has all units; default false: one location that has all comes first. */
  readonly splitsAccepted?: boolean;
}

/**
 * Sorts locations into the order in which units are taken. A policy only sorts; the free units limit what is taken, so no policy can take
 * more than there is. Its result must depend on its arguments only: no clock, no randomness.
 */
export interface SourcePolicy {
  readonly name: string;
  /** What is wrong with the options of a rule; undefined when they are valid. */
  readonly optionsFault: (options: SourcePolicyOptions) => string | undefined;
  readonly order: (request: SourceRequest) => SourceOrder;
}
