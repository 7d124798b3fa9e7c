export type TransferStockEvent = StockMoved | TransferShipped | TransferReceived | TransferReturned;

/** Virtual stock moved between locations at once. */
export interface StockMoved {
  readonly type: 'StockMoved';
  readonly commandId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  readonly reference: string;
}

export interface TransferShipped {
  readonly type: 'TransferShipped';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
}

/** Units of a transfer arrived: in transit to on hand of the destination. */
export interface TransferReceived {
  readonly type: 'TransferReceived';
  readonly transferId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  /** Distinguishes several receipts of one transfer. */
  readonly receiptId: string;
}

/**
 * Units in transit went back to their source (the transfer was cancelled, or a shipment of several SKUs could not be completed). With no
 * units: the shipment never left this SKU, and its id is closed.
 */
export interface TransferReturned {
  readonly type: 'TransferReturned';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
}
