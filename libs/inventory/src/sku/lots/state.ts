import type { LotControl } from './events.js';

/** A lot with stock, or one of the latest emptied ones. Replaced as a whole where something of it changes. */
export interface Lot {
  readonly lotId: string;
  /** Calendar date; undefined for a lot without one. */
  readonly expiryDate: string | undefined;
  /** By location, epoch milliseconds; empty for a lot without a date that nobody marked as expired. */
  readonly expiresAt: ReadonlyMap<string, number>;
  /** Locations at which it is recorded as expired. */
  readonly expired: ReadonlySet<string>;
  /** Of these and of others that its units came to, those at which a person said so: its instants there follow from no date. */
  readonly marked: ReadonlySet<string>;
  readonly declaredAt: number;
  readonly parentLotId: string | undefined;
  /** Lots that its units, or some of them, were of before: it was split from them, or they were merged into it. A recall of one is one of it. */
  readonly origins: readonly string[];
  readonly formerLotIds: readonly string[];
  /** Over all locations and in transit. */
  readonly units: number;
  /** All of it was destroyed. */
  readonly destroyed: boolean;
}

/** Units of one lot at a location. Replaced as a whole. */
export interface LotUnits {
  readonly units: number;
  /** By bin; the key is empty for units in none. */
  readonly bins: ReadonlyMap<string, number>;
}

export interface LocationPositions {
  /** Sum of the positions. */
  assigned: number;
  /** By lot; the key is empty for units in a bin and without a lot. */
  readonly lots: Map<string, LotUnits>;
  /** Bins whose units may not leave. */
  readonly closedBins: Set<string>;
}

/** Lots and positions of a SKU. */
export interface LotStock {
  control: LotControl;
  readonly lots: Map<string, Lot>;
  /** Lots that are expired at some location. */
  readonly expiredLots: Set<string>;
  /** Lots without units, latest last. */
  readonly emptied: Set<string>;
  /** Present ids by former ones. */
  readonly formerIds: Map<string, string>;
  readonly locations: Map<string, LocationPositions>;
  /** Positions with units. */
  positionCount: number;
  /** The soonest instant at which units become expired that are not recorded as such; infinite for none. */
  nextExpiryAt: number;
}
