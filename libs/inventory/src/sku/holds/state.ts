import type { LotStock } from '../lots/state.js';
import type { HoldPlaced, HoldReleased } from './events.js';

/** An open hold. */
export interface StockHold extends Pick<HoldPlaced, 'holdId' | 'holdType' | 'locationId' | 'quantity' | 'erpReference' | 'createdBy'> {
  lotId?: string;
  /** Of a hold on a lot: the lot, and where the hold has no quantity those that were split from it. */
  lotIds?: readonly string[];
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
  /** Holds on lots, by lot. */
  readonly lots: Map<string, LotHolds>;
}

/** What the open holds on a lot name, in sums. */
export interface LotHolds {
  /** Holds on the lot at every location. */
  everywhere: number;
  /** Holds on all its units of a location, by location. */
  readonly whole: Map<string, number>;
  /** Units of holds with a quantity, by location. */
  readonly quantities: Map<string, number>;
}

/** What most SKUs do not have: holds, lots, bins. */
export interface StockDetail {
  /** Open ones, by id, oldest first. */
  readonly holds: Map<string, StockHold>;
  /** The latest ended ones, oldest first. */
  readonly endedHolds: Map<string, EndedHold>;
  readonly sums: HoldSums;
  /** Undefined until the first lot or bin. */
  lots: LotStock | undefined;
}
