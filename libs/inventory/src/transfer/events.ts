import type { OverReceipt } from '../sku/transfers/commands.js';
import type { LossReason } from '../sku/transfers/events.js';

/** Events of a transfer between two locations, or between bins of one. Stream `transfer-{tenant}.{transferId}`; quantities are units. */
export type TransferEvent =
  | TransferCreated
  | BinsChanged
  | ShipmentStarted
  | Shipped
  | ShipmentTurnedBack
  | ShipmentFailed
  | ReceiptStarted
  | ReceiptRecorded
  | CancelStarted
  | Cancelled
  | CloseStarted
  | Closed;

export interface TransferLine {
  readonly sku: string;
  readonly quantity: number;
  /** Ships the units that this reservation holds at the source. */
  readonly reservationId?: string;
  /** Ships units that this hold keeps at the source; the hold goes with them. */
  readonly holdId?: string;
  /** Inside one location: the bins, and the lot of the units; missing for units without a lot. */
  readonly lotId?: string;
  readonly fromBinId?: string;
  readonly toBinId?: string;
}

/** A line that could not change bin, by its place among the lines. */
export interface UnmovedLine {
  readonly line: number;
  readonly code: string;
  /** Units that could have been taken. */
  readonly available?: number;
}

/** What arrived of a SKU. */
export interface ReceiptLine {
  readonly sku: string;
  /** Good units, those beyond what was on its way among them. */
  readonly quantity: number;
  /** Units that arrived damaged, beside the good ones. */
  readonly rejected?: number;
  readonly over?: OverReceipt;
}

export interface TransferCreated {
  readonly type: 'TransferCreated';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  /** One line per SKU; inside one location one per SKU, lot and bins, and the units change bin at once. */
  readonly lines: readonly TransferLine[];
  readonly note?: string;
  readonly requestHash: string;
  /** Person or key; missing in transfers of earlier releases. */
  readonly createdBy?: string;
}

/** Inside one location: every line has changed bin but those named. */
export interface BinsChanged {
  readonly type: 'BinsChanged';
  readonly unmoved: readonly UnmovedLine[];
}

/** Why a line could not be shipped, in units. */
export interface ShortTransferLine {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
  /** The refusal of the SKU; missing where units are short. */
  readonly code?: string;
}

/** Every SKU is being shipped under `shipmentId`; an attempt after a failed one has another. */
export interface ShipmentStarted {
  readonly type: 'ShipmentStarted';
  readonly shipmentId: string;
}

/** All lines are in transit. */
export interface Shipped {
  readonly type: 'Shipped';
}

/** A SKU was short: the decision to send back what the others shipped. This shipment cannot be completed any more. */
export interface ShipmentTurnedBack {
  readonly type: 'ShipmentTurnedBack';
  readonly lines: readonly ShortTransferLine[];
}

/** What had been shipped went back, and the transfer may be shipped again. */
export interface ShipmentFailed {
  readonly type: 'ShipmentFailed';
  readonly lines: readonly ShortTransferLine[];
}

export interface ReceiptStarted {
  readonly type: 'ReceiptStarted';
  readonly receiptId: string;
  readonly lines: readonly ReceiptLine[];
  /** Person or key, who then has placed the holds of what was rejected. */
  readonly receivedBy?: string;
}

export interface ReceiptRecorded {
  readonly type: 'ReceiptRecorded';
  readonly receiptId: string;
}

export interface CancelStarted {
  readonly type: 'CancelStarted';
}

/** What was still in transit went back to its source. */
export interface Cancelled {
  readonly type: 'Cancelled';
}

/** The decision that nothing more will arrive: what is in transit is lost. */
export interface CloseStarted {
  readonly type: 'CloseStarted';
  readonly reasonCode: LossReason;
  readonly reason?: string;
}

/** What was still in transit is lost. */
export interface Closed {
  readonly type: 'Closed';
}
