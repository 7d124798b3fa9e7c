/** Events of a transfer between two locations. Stream `transfer-{tenant}.{transferId}`; quantities are units. */
export type TransferEvent =
  | TransferCreated
  | ShipmentStarted
  | Shipped
  | ShipmentTurnedBack
  | ShipmentFailed
  | ReceiptStarted
  | ReceiptRecorded
  | CancelStarted
  | Cancelled;

export interface TransferLine {
  readonly sku: string;
  readonly quantity: number;
  /** Ships the units that this reservation holds at the source. */
  readonly reservationId?: string;
}

export interface TransferCreated {
  readonly type: 'TransferCreated';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  /** One line per SKU. */
  readonly lines: readonly TransferLine[];
  readonly note?: string;
  readonly requestHash: string;
}

/** Why a line could not be shipped, in units. */
export interface ShortTransferLine {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
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
  readonly lines: readonly TransferLine[];
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
