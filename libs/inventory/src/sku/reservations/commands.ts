import type { Place } from '../../locations/place.js';
import type { Command } from '../command.js';
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
  /** Locations that may serve it, with what is known of them; a location of the SKU that is not listed has the default priority 100. */
  readonly sources: readonly Source[];
  /** How a location is chosen; by priority when not given. */
  readonly sourceRule?: SourceRule;
  /** Where the units are to go, for rules that ask. */
  readonly destination?: Place;
  /** Takes all units there if it has them and the rule allows the location: one that has all lines of an order. */
  readonly preferredLocationId?: string;
  /** Only this location may serve it. */
  readonly locationId?: string;
  readonly channelId?: string;
  /** The customer or session that the units are for: what it has open is limited where the SKU says so. */
  readonly holderId?: string;
  /** Take what there is, at least one unit. */
  readonly partial?: boolean;
  /** What is missing may wait for supply, where the SKU allows it. */
  readonly backorder?: boolean;
}

export interface CommitReservation extends Command {
  readonly type: 'CommitReservation';
  readonly reservationId: string;
  /** Fewer units than are held; the rest stays held. Default all. */
  readonly quantity?: number;
}

export interface ReverseCommit extends Command {
  readonly type: 'ReverseCommit';
  readonly reservationId: string;
  /** The commit that is taken back. */
  readonly commitCommandId: string;
  /** Of the reservation. */
  readonly orderId: string;
  /** What the SKU's stream says of the commit; needed where the SKU has forgotten it (`commit_forgotten`). */
  readonly past?: PastCommit;
}

/** A commit as its stream tells it. */
export interface PastCommit {
  readonly takes: readonly Take[];
  /** Of these, not posted by an ERP since. */
  readonly unposted: readonly Take[];
}

export interface ReleaseReservation extends Command {
  readonly type: 'ReleaseReservation';
  readonly reservationId: string;
  /** Fewer units than are open; the rest stays held. Default all. */
  readonly quantity?: number;
}

/** Ends an overdue hold; before its time it changes nothing. */
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
