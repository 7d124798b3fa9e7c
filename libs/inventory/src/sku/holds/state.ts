import type { HoldPlaced, HoldReleased } from './events.js';

/** An open hold. */
export interface StockHold extends Pick<HoldPlaced, 'holdId' | 'holdType' | 'locationId' | 'quantity' | 'erpReference' | 'createdBy'> {
  /** Units that it still names; undefined for a hold without a quantity. */
  openUnits: number | undefined;
  readonly releaseIds: string[];
}

/** A hold with nothing left; a repeat of its last release changes nothing. */
export interface EndedHold extends Pick<HoldReleased, 'quantity' | 'disposition'> {
  readonly releaseIds: readonly string[];
}

/** What the open holds name, in sums. */
export interface HoldSums {
  /** Holds on all units at every location. */
  everywhere: number;
  /** Holds on all units of a location, by location. */
  readonly whole: Map<string, number>;
  /** Units of holds with a quantity, by location. */
  readonly quantities: Map<string, number>;
}

/** What most SKUs do not have: holds. */
export interface StockDetail {
  /** Open ones, by id, oldest first. */
  readonly holds: Map<string, StockHold>;
  /** The latest ended ones, oldest first. */
  readonly endedHolds: Map<string, EndedHold>;
  readonly sums: HoldSums;
}
