import type { LocationKind } from '../../locations/events.js';
import type { Place } from '../../locations/place.js';

/** What is known of a location that may serve; lower priority numbers first, ties by id. */
export interface Source extends Place {
  readonly locationId: string;
  readonly priority: number;
  readonly kind?: LocationKind;
}

/** A source with what may be taken from it now, in units. */
export interface StockedSource extends Source {
  readonly available: number;
}

/** Plain JSON that a policy understands. */
export type SourcePolicyOptions = Readonly<Record<string, unknown>>;

/** The rule by which a channel's reservations find their locations. */
export interface SourceRule {
  /** Of a registered policy. */
  readonly name: string;
  readonly options?: SourcePolicyOptions;
}

export interface SourceRequest {
  /** Every location of the SKU, by priority, then by id. */
  readonly sources: readonly StockedSource[];
  /** Units asked for. */
  readonly quantity: number;
  /** Where they are to go, as far as the caller said. */
  readonly destination: Place | undefined;
  readonly options: SourcePolicyOptions;
}

export interface SourceChoice {
  readonly locationId: string;
  /** Why here, for people, with the figures: `nearest: 12 km`. */
  readonly because: string;
}

export interface SourceOrder {
  /** In the order in which they are to serve. A location that is left out serves nothing. */
  readonly choices: readonly SourceChoice[];
  /** Take from them in this order even where a later one has all units; default false: one location that has all comes first. */
  readonly splitsAccepted?: boolean;
}

/**
 * Puts locations in the order in which they serve. It only chooses: how much is taken is decided by what is free, so that no policy can
 * take more than there is. It must answer alike for alike, without clock and chance.
 */
export interface SourcePolicy {
  readonly name: string;
  /** Says what is wrong with the options of a rule; undefined where nothing is. */
  readonly optionsFault: (options: SourcePolicyOptions) => string | undefined;
  readonly order: (request: SourceRequest) => SourceOrder;
}
