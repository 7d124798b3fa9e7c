import type { Command } from '../command.js';
import type { CorrectionKind, LotControl, LotInstant } from './events.js';

export type LotCommand =
  SetLotControl | SetBinSale | RecordPositions | CorrectPositions | ChangeLotExpiry | RedateLots | RenameLot | ExpireLots;

/** A number of units of a lot, in a bin. With neither, unassigned units. */
export interface PositionUnits {
  readonly lotId?: string;
  readonly binId?: string;
  readonly quantity: number;
}

/** What is said of a lot that may be new at the location of a command. */
export interface LotFacts {
  /** Calendar date `YYYY-MM-DD`; missing where nothing is said, and a new lot then has no date. */
  readonly expiryDate?: string;
  /** The instant from which the lot is expired at the location. Where a date is given, this is too. */
  readonly expiresAt?: number;
}

export interface ReceivedPosition extends PositionUnits, LotFacts {
  /** False: units in the bin may not leave. Missing: as before. */
  readonly sellable?: boolean;
}

/** The instant of a lot at the destination of a move; without it the earliest of its instants elsewhere is used. */
export interface LotAtDestination {
  readonly lotId: string;
  readonly expiresAt: number;
}

/** How lots of the SKU are kept. `required` is refused while units have no lot. */
export interface SetLotControl extends Command {
  readonly type: 'SetLotControl';
  readonly control: LotControl;
}

/** Whether units in these bins may leave, as the catalogue of the location says. It is a fact and never refused for promises. */
export interface SetBinSale extends Command {
  readonly type: 'SetBinSale';
  readonly locationId: string;
  /** Each bin once. */
  readonly bins: readonly BinSale[];
}

export interface BinSale {
  readonly binId: string;
  readonly sellable: boolean;
}

/** Sets positions to what was found there. It states a fact and is never refused for promises. */
export interface RecordPositions extends Command {
  readonly type: 'RecordPositions';
  readonly locationId: string;
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
  readonly documentId?: string;
  /** Each position once; one without lot and bin sets the unassigned units. */
  readonly positions: readonly ReceivedPosition[];
  /** All positions that are not named, and unassigned units, become 0; the location counts as counted. */
  readonly complete: boolean;
}

/** Units change lot or bin at a location; on hand stays. */
export interface CorrectPositions extends Command, LotFacts {
  readonly type: 'CorrectPositions';
  readonly kind: CorrectionKind;
  readonly locationId: string;
  /** `reassign`, `split`, `merge`: the lot that the units leave. */
  readonly fromLotId?: string;
  /** `assign`, `reassign`, `split`, `merge`: the lot that they get. `expiryDate` and `expiresAt` are of it, where `assign` makes it. */
  readonly toLotId?: string;
  /** Missing: all (`merge` only). */
  readonly quantity?: number;
  /** Only units of this bin; `assign`: the bin that the units lie in. */
  readonly binId?: string;
  /** `assign`: whether units in the bin may leave; missing: as before. */
  readonly sellable?: boolean;
  /** `bin`: the units that change bin. */
  readonly moves?: readonly BinMove[];
  /** `merge` of lots of two dates: which one remains. Default `earliest`. */
  readonly expiry?: 'earliest' | 'latest' | MergedExpiry;
  readonly reasonCode?: string;
  readonly reason?: string;
  readonly documentId?: string;
  /** Refuse to take promised units off sale (default). */
  readonly mayUncoverPromises?: boolean;
}

export interface MergedExpiry {
  readonly expiryDate: string;
  readonly expiresAt: readonly LotInstant[];
}

/** Units of a lot, or without one, from a bin to another. A missing bin: units that lie in none. */
export interface BinMove {
  readonly lotId?: string;
  readonly fromBinId?: string;
  readonly toBinId?: string;
  readonly quantity: number;
  /** Whether units in the destination may leave; missing: as before. */
  readonly sellable?: boolean;
}

export interface ChangeLotExpiry extends Command {
  readonly type: 'ChangeLotExpiry';
  readonly lotId: string;
  /** Missing: the lot has no date. */
  readonly expiryDate?: string;
  /** For every location of the lot; of a location that is missing the earliest of these is used. */
  readonly expiresAt: readonly LotInstant[];
  readonly reason?: string;
}

/**
 * The instants of lots follow from their dates anew, as the days of removal or the time zone of a location changed. What has changed since
 * the caller read it stays: a later command is right about it.
 */
export interface RedateLots extends Command {
  readonly type: 'RedateLots';
  /** The days of removal that the instants were computed with. */
  readonly removalDays: number;
  readonly lots: readonly RedatedLot[];
  readonly reason?: string;
}

export interface RedatedLot {
  readonly lotId: string;
  readonly expiryDate: string;
  readonly instants: readonly RedatedInstant[];
}

export interface RedatedInstant extends LotInstant {
  /** What the caller read. */
  readonly was: number;
}

export interface RenameLot extends Command {
  readonly type: 'RenameLot';
  readonly lotId: string;
  readonly toLotId: string;
  readonly reason?: string;
}

/** Records that lots are expired: without a lot all that are due (the scheduler), with one that lot now, due or not (a person). */
export interface ExpireLots extends Command {
  readonly type: 'ExpireLots';
  readonly lotId?: string;
  /** Missing: wherever the lot lies. */
  readonly locationId?: string;
  /** Fewer units than the lot has at the location: a hold of type `expired` on so many. */
  readonly quantity?: number;
  readonly reason?: string;
  readonly createdBy?: string;
}
