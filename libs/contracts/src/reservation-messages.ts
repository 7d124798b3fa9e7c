import type { CloudEvent } from './envelope.js';

/** A line of an order. */
export interface CommandLine {
  readonly sku: string;
  readonly quantity: number;
}

/** Where an order is to go; see the HTTP request of the same name. */
export interface CommandDestination {
  readonly latitude?: number;
  readonly longitude?: number;
  readonly country?: string;
  readonly postalCode?: string;
  readonly region?: string;
}

/** Holds stock for an order. The fields are those of `POST /sales-channel/inventory/reserve`. */
export interface ReserveCommand {
  readonly items: readonly CommandLine[];
  readonly orderId: string;
  /** Seconds. */
  readonly ttl?: number;
  readonly channelId?: string;
  readonly locationId?: string;
  readonly destination?: CommandDestination;
  readonly holderId?: string;
  readonly partial?: boolean;
  /** What is missing may wait for supply. */
  readonly backorder?: boolean;
  /** RFC 3339; when the units were sold, where that was earlier. Its commits take it over. */
  readonly soldAt?: string;
}

/** Takes the units for good: all that is held, or the lines named. */
export interface CommitCommand {
  readonly reservationId: string;
  readonly lines?: readonly CommandCommitLine[];
  /** Of a reservation of one SKU, where no lines are named. */
  readonly lots?: readonly CommandLot[];
  /** Units leave although fewer may leave by what is recorded. */
  readonly allowUncovered?: boolean;
  /** RFC 3339; when the units were sold, where that was earlier; what the reservation says when it is missing. */
  readonly soldAt?: string;
}

export interface CommandCommitLine extends CommandLine {
  readonly lots?: readonly CommandLot[];
  readonly allowUncovered?: boolean;
}

/** Units of a lot. */
export interface CommandLot {
  readonly lotId: string;
  readonly quantity: number;
}

/** Frees what is held: all of it, or the lines named. */
export interface ReleaseCommand {
  readonly reservationId: string;
  readonly lines?: readonly CommandLine[];
}

/** Holds the units longer; `ttl` in seconds, counted from when the command is carried out. */
export interface ExtendCommand {
  readonly reservationId: string;
  readonly ttl: number;
}

export type CommandKind = 'reserve' | 'commit' | 'release' | 'extend';

/** A message on `reservation.commands.v1`. Source and id together name the command: the same again changes nothing. */
export type ReservationCommandMessage =
  | CloudEvent<'holdfast.reservation.reserve.v1', ReserveCommand>
  | CloudEvent<'holdfast.reservation.commit.v1', CommitCommand>
  | CloudEvent<'holdfast.reservation.release.v1', ReleaseCommand>
  | CloudEvent<'holdfast.reservation.extend.v1', ExtendCommand>;

/** The reservation as the HTTP requests answer it. */
export interface ReservationView {
  readonly reservationId: string;
  readonly orderId: string;
  readonly status: string;
  readonly expiresAt: string;
  readonly channelId?: string;
  readonly lines: readonly ReservationViewLine[];
}

export interface ReservationViewLine {
  readonly sku: string;
  readonly requested: number;
  readonly quantity: number;
  readonly committed: number;
  /** Let go of while the rest stayed held. */
  readonly released?: number;
  readonly sources: readonly { readonly locationId: string; readonly quantity: number; readonly because: string }[];
  /** Units that wait for supply, and when the last of them is expected. */
  readonly waiting?: { readonly quantity: number; readonly expectedAt?: string };
}

/** What became of a command. */
export interface ReservationResult {
  /** Made of tenant, source and id of the command; the one that the events carry. */
  readonly commandId: string;
  readonly command: { readonly source: string; readonly id: string; readonly kind: CommandKind };
  /** `failed`: a fault of Holdfast; the command is a dead letter too, and may be sent again. */
  readonly outcome: 'done' | 'refused' | 'failed';
  /** What HTTP would have answered. */
  readonly status: number;
  readonly reservation?: ReservationView;
  /** Of the newest event that the answer reflects, decimal. */
  readonly position?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly details: readonly object[] };
}

/** A message on `reservation.results.v1`. */
export type ReservationResultMessage = CloudEvent<'holdfast.reservation.result.v1', ReservationResult>;
