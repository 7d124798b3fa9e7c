import type { Place } from '../../locations/place.js';
import type { Command } from '../command.js';
import type { PositionUnits } from '../lots/commands.js';
import type { PositionChange } from '../lots/events.js';
import type { Source, SourceRule } from '../sources/source-policy.js';
import type { Take } from '../stock-place.js';

export type ReservationCommand =
  PlaceReservation | CommitReservation | ReverseCommit | ReleaseReservation | ExpireReservation | ExtendReservation;

export interface PlaceReservation extends Command {
  readonly type: 'PlaceReservation';
  readonly reservationId: string;
  readonly orderId: string;
  readonly quantity: number;
  readonly ttlMs: number;
  readonly requestHash: string;
  /** Locations that may serve it, with their attributes; a location of the SKU that is not listed has the default priority 100. */
  readonly sources: readonly Source[];
  /** The rule that chooses locations; by priority when absent. */
  readonly sourceRule?: SourceRule;
  /** Destination of the units, for rules that use it. */
  readonly destination?: Place;
  /** Takes all units from this location if it has them and the rule allows it: a location that has all lines of an order. */
  readonly preferredLocationId?: string;
  /** Only this location may serve it. */
  readonly locationId?: string;
  readonly channelId?: string;
  /** The customer or session that the units are for; the SKU may limit how much one holder has open. */
  readonly holderId?: string;
  /** Take what is free, at least one unit. */
  readonly partial?: boolean;
  /** Missing units may wait for supply, if the SKU allows it. */
  readonly backorder?: boolean;
  /** When the units were sold, where that was before the request; a commit that names no time takes it over. */
  readonly soldAt?: number;
  /** The units are sold already: they add to whatever the order has, also where it is the same quantity. */
  readonly sold?: boolean;
}

export interface CommitReservation extends Command {
  readonly type: 'CommitReservation';
  readonly reservationId: string;
  /** Fewer units than are held; the rest stays held. Default all. */
  readonly quantity?: number;
  /** Lots that the units are of, whatever expires first; the rest is chosen. */
  readonly lots?: readonly PositionUnits[];
  /** Units leave although fewer may leave by what is recorded; held lots keep theirs. */
  readonly allowUncovered?: boolean;
  /** When the units were sold, where that was before `at`; what the reservation says where it is missing. */
  readonly soldAt?: number;
}

export interface ReverseCommit extends Command {
  readonly type: 'ReverseCommit';
  readonly reservationId: string;
  /** The commit to reverse. */
  readonly commitCommandId: string;
  /** The order of the reservation. */
  readonly orderId: string;
  /** The commit as read from the SKU's stream; needed when the SKU's state no longer has it (`commit_forgotten`). */
  readonly past?: PastCommit;
}

/** A commit as read from the stream. */
export interface PastCommit {
  readonly takes: readonly Take[];
  /** Of these, units that no ERP has posted since. */
  readonly unposted: readonly Take[];
  /** Of the stored commit. */
  readonly positions?: readonly PositionChange[];
}

export interface ReleaseReservation extends Command {
  readonly type: 'ReleaseReservation';
  readonly reservationId: string;
  /** Fewer units than are open; the rest stays held. Default all. */
  readonly quantity?: number;
}

/** Ends an overdue hold; before its expiry it changes nothing. */
export interface ExpireReservation extends Command {
  readonly type: 'ExpireReservation';
  readonly reservationId: string;
}

export interface ExtendReservation extends Command {
  readonly type: 'ExtendReservation';
  readonly reservationId: string;
  /** New time to live, counted from `at`. */
  readonly ttlMs: number;
}
