import type { Place } from '../locations/place.js';
import type { BackorderPolicy, Take } from './events.js';
import type { Source, SourceRule } from './sources/source-policy.js';

/** Every command carries its time (`at`, epoch milliseconds) and ids; the domain makes neither. */
export type SkuCommand =
  | DescribeProduct
  | SetSafetyStock
  | SetLimits
  | DeclareInbound
  | CancelInbound
  | ReportLevel
  | ReceiveStock
  | IssueStock
  | AdjustStock
  | RecordStock
  | MoveStock
  | ShipTransfer
  | ReceiveTransfer
  | ReturnTransfer
  | PlaceReservation
  | CommitReservation
  | ReverseCommit
  | ReleaseReservation
  | ExpireReservation
  | ExtendReservation;

interface Command {
  readonly at: number;
  /** Made by the caller; the same id again changes nothing. */
  readonly commandId: string;
}

export interface ProductDescription {
  readonly name?: string;
  readonly category?: string;
  readonly barcode?: string;
  readonly brandId?: string;
  readonly costMinor?: number;
  readonly lowStockThreshold?: number;
}

export interface DescribeProduct extends Command, ProductDescription {
  readonly type: 'DescribeProduct';
  readonly verified: boolean;
}

export interface SetSafetyStock extends Command {
  readonly type: 'SetSafetyStock';
  readonly locationId: string;
  readonly quantity: number;
}

/** What a channel may take, and what is kept for it, in units. */
export interface Allocation {
  readonly channelId: string;
  readonly cap?: number;
  readonly floor?: number;
  readonly holderUnits?: number;
}

/** Sets every limit of the SKU anew: a limit or a channel that is not named has none afterwards. */
export interface SetLimits extends Command {
  readonly type: 'SetLimits';
  readonly overbookingUnits?: number;
  readonly holderUnits?: number;
  readonly allocations: readonly Allocation[];
  /** Whether reservations may wait for supply; none may when not given. */
  readonly backorders?: BackorderPolicy;
}

/** A supplier's delivery, as it is expected now. */
export interface DeclareInbound extends Command {
  readonly type: 'DeclareInbound';
  readonly reference: string;
  readonly locationId: string;
  /** Units of the whole delivery, those received already among them. */
  readonly quantity: number;
  readonly expectedAt: number;
}

export interface CancelInbound extends Command {
  readonly type: 'CancelInbound';
  readonly reference: string;
}

interface ErpCommand extends Command {
  readonly connectionId: string;
  /** The ERP's id of the message; the same again changes nothing. */
  readonly messageId: string;
  readonly locationId: string;
}

export interface ReportLevel extends ErpCommand {
  readonly type: 'ReportLevel';
  readonly figure: number;
  readonly asOf: number;
  /** An unacknowledged commit counts as posted this long after it; null: only an acknowledgement counts. */
  readonly postingLagMs: number | null;
}

export interface ReceiveStock extends Command {
  readonly type: 'ReceiveStock';
  readonly locationId: string;
  readonly quantity: number;
  readonly effectiveAt: number;
  readonly messageId: string;
  readonly documentId?: string;
  readonly connectionId?: string;
  /** The delivery that this is; where it is not given, it is looked for. */
  readonly inboundReference?: string;
}

export interface IssueStock extends ErpCommand {
  readonly type: 'IssueStock';
  readonly quantity: number;
  readonly effectiveAt: number;
  readonly documentId?: string;
  readonly orderId?: string;
}

export interface AdjustStock extends Command {
  readonly type: 'AdjustStock';
  readonly locationId: string;
  readonly delta: number;
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
  /** Refuse to take more than is free (default): false for facts such as found damage, which may leave promises uncovered. */
  readonly mayUncoverPromises?: boolean;
}

/** Sets on hand to a counted figure. */
export interface RecordStock extends Command {
  readonly type: 'RecordStock';
  readonly locationId: string;
  readonly counted: number;
  readonly effectiveAt: number;
  readonly reasonCode: string;
  readonly reason?: string;
}

export interface MoveStock extends Command {
  readonly type: 'MoveStock';
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  readonly reference: string;
}

export interface ShipTransfer extends Command {
  readonly type: 'ShipTransfer';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
}

export interface ReceiveTransfer extends Command {
  readonly type: 'ReceiveTransfer';
  readonly transferId: string;
  readonly quantity: number;
  readonly receiptId: string;
}

export interface ReturnTransfer extends Command {
  readonly type: 'ReturnTransfer';
  readonly transferId: string;
}

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
  /** Of the reservation: with it, a SKU that has forgotten the reservation gives back what its books still show of the commit. */
  readonly orderId?: string;
}

export interface ReleaseReservation extends Command {
  readonly type: 'ReleaseReservation';
  readonly reservationId: string;
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

export type { Source, Take };
