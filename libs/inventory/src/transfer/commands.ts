import type { LossReason } from '../sku/transfers/events.js';
import type { ReceiptLine, ShortTransferLine, TransferLine, UnmovedLine } from './events.js';

/** `Start…` is a request of a caller; the others report what the SKUs answered. Each carries its time (`at`) and id. */
export type TransferCommand =
  | CreateTransfer
  | CompleteMove
  | StartShipment
  | CompleteShipment
  | TurnShipmentBack
  | FailShipment
  | StartReceipt
  | CompleteReceipt
  | StartCancel
  | CompleteCancel
  | StartClose
  | CompleteClose;

interface Command {
  readonly at: number;
  readonly commandId: string;
}

export interface CreateTransfer extends Command {
  readonly type: 'CreateTransfer';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  /** One line per SKU: the caller adds up lines of the same SKU before. Inside one location: per SKU, lot and bins. */
  readonly lines: readonly TransferLine[];
  readonly note?: string;
  readonly requestHash: string;
  readonly createdBy?: string;
}

/** Every SKU answered whether its units changed bin. */
export interface CompleteMove extends Command {
  readonly type: 'CompleteMove';
  readonly unmoved: readonly UnmovedLine[];
}

export interface StartShipment extends Command {
  readonly type: 'StartShipment';
}

export interface CompleteShipment extends Command {
  readonly type: 'CompleteShipment';
  /** The shipment attempt of this report; a late report does not apply to the next attempt. */
  readonly shipmentId: string;
}

/** A SKU refused, so what others have shipped must go back. */
export interface TurnShipmentBack extends Command {
  readonly type: 'TurnShipmentBack';
  /** The shipment attempt of this report; a late report does not apply to the next attempt. */
  readonly shipmentId: string;
  readonly lines: readonly ShortTransferLine[];
}

/** Every SKU returned what it had shipped. */
export interface FailShipment extends Command {
  readonly type: 'FailShipment';
  /** The shipment attempt of this report; a late report does not apply to the next attempt. */
  readonly shipmentId: string;
}

export interface StartReceipt extends Command {
  readonly type: 'StartReceipt';
  /** Distinguishes several receipts; the same again changes nothing. */
  readonly receiptId: string;
  /** Default: all that is in transit. */
  readonly lines?: readonly ReceiptLine[];
  readonly receivedBy?: string;
}

export interface CompleteReceipt extends Command {
  readonly type: 'CompleteReceipt';
  readonly receiptId: string;
}

/** Before shipment the transfer ends at once; afterwards what is in transit goes back. */
export interface StartCancel extends Command {
  readonly type: 'StartCancel';
}

export interface CompleteCancel extends Command {
  readonly type: 'CompleteCancel';
}

/** Ends a transfer of which nothing more will arrive. */
export interface StartClose extends Command {
  readonly type: 'StartClose';
  readonly reasonCode: LossReason;
  readonly reason?: string;
}

export interface CompleteClose extends Command {
  readonly type: 'CompleteClose';
}
