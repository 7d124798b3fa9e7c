import { LateMap, LateSet } from '../late-collections.js';
import type { SkuLimits } from './allocations/state.js';
import type { StockDetail } from './holds/state.js';
import type { Journal } from './reconciliation/journal.js';
import type { EndedReservation, OpenReservation } from './reservations/state.js';
import type { Take } from './stock-place.js';
import type { ProductDescription } from './stock/commands.js';
import type { Supply } from './supply/state.js';
import type { TravellingHold } from './transfers/events.js';

export type * from './allocations/state.js';
export type * from './holds/state.js';
export type * from './lots/state.js';
export type * from './reservations/state.js';
export type * from './supply/state.js';

/** Balance of one SKU at one location, in units. On hand may be negative, and reserved above it, after a fact from outside. */
export interface Balance {
  onHand: number;
  reserved: number;
  safetyStock: number;
  /** Units on hand that may not leave. */
  held: number;
}

/** Units of a lot in transit. */
export interface TransitLot {
  readonly lotId: string;
  readonly quantity: number;
}

export interface InTransit {
  readonly fromLocationId: string;
  readonly toLocationId: string;
  /** Units not yet received or returned. */
  quantity: number;
  /** Ids of its receipts: a repeat of one changes nothing, also much later. */
  readonly receiptIds: string[];
  /** Of the units not yet received, those with a lot. */
  lots?: readonly TransitLot[] | undefined;
  hold?: TravellingHold;
}

/** A transfer with nothing left in transit. `returned`: units that went back to the source. `lost`: units that never arrived. */
export interface EndedTransfer {
  readonly outcome: 'received' | 'returned' | 'lost';
  readonly receiptIds: readonly string[];
  /** Epoch milliseconds. */
  readonly endedAt: number;
}

/** Decisions only read it; `evolveSku` changes it in place. */
export interface SkuState {
  /** False until the first event. */
  known: boolean;
  /** False while only an ERP message or a count has named the SKU. */
  verified: boolean;
  description: ProductDescription;
  /** By location. */
  readonly balances: Map<string, Balance>;
  /** By transfer. */
  readonly inTransit: Map<string, InTransit>;
  /** Open ones, by id. */
  readonly reservations: Map<string, OpenReservation>;
  /** The open ones as a binary heap, soonest expiry first. */
  readonly expiries: OpenReservation[];
  /** By order: the newest reservation that is open, or committed and not forgotten; see `noteOrder`. */
  readonly orders: Map<string, string>;
  /** The latest ended ones, oldest first. */
  readonly ended: Map<string, EndedReservation>;
  /** The latest reversed commits, oldest first; their reservations may be forgotten. */
  readonly reversedCommits: Set<string>;
  /** The latest transfers with nothing left in transit, oldest first. */
  readonly endedTransfers: Map<string, EndedTransfer>;
  /** The latest time at which one of those ended that are no longer kept; undefined while all are. */
  transfersForgottenUntil: number | undefined;
  /** By location: the movements with which an ERP's next figure is reconciled. */
  readonly journals: Map<string, Journal>;
  /** By order: units that an ERP issued before the commit reached Holdfast. */
  readonly issuedAhead: Map<string, readonly Take[]>;
  /** Ids of the latest commands, oldest first. Messages have a set of their own, so that neither pushes the other out. */
  readonly recentCommands: Set<string>;
  readonly recentMessages: Set<string>;
  /** Undefined until limits are set, so that a SKU without limits has no cost for them. */
  limits: SkuLimits | undefined;
  /** Open units by holder, of holders with any. */
  readonly holders: Map<string, number>;
  /** Undefined until a delivery is announced. */
  supply: Supply | undefined;
  /** Undefined until the first hold, lot or bin, so that a SKU without has no cost for them. */
  detail: StockDetail | undefined;
}

/** State of a SKU without events. */
export const initialSkuState = (): SkuState => ({
  known: false,
  verified: false,
  description: {},
  balances: new Map(),
  inTransit: new LateMap(),
  reservations: new LateMap(),
  expiries: [],
  orders: new LateMap(),
  ended: new LateMap(),
  reversedCommits: new LateSet(),
  endedTransfers: new LateMap(),
  transfersForgottenUntil: undefined,
  journals: new Map(),
  issuedAhead: new LateMap(),
  recentCommands: new LateSet(),
  recentMessages: new LateSet(),
  limits: undefined,
  holders: new LateMap(),
  supply: undefined,
  detail: undefined,
});
