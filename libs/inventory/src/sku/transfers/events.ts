import type { ChangesHeld } from '../holds/events.js';
import type { ChangesPositions } from '../lots/events.js';

export type TransferStockEvent = StockMoved | TransferShipped | TransferReceived | TransferReturned;

/** Virtual stock moved between locations at once. */
export interface StockMoved extends ChangesHeld, ChangesPositions {
  readonly type: 'StockMoved';
  readonly commandId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  readonly reference: string;
}

export interface TransferShipped extends ChangesHeld, ChangesPositions {
  readonly type: 'TransferShipped';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  /** The reservation that held the units until this shipment; missing for free units. The event before it ended or reduced that hold. */
  readonly heldByReservationId?: string;
}

/** Units of a transfer arrived: in transit to on hand of the destination. */
export interface TransferReceived extends ChangesHeld, ChangesPositions {
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
export interface TransferReturned extends ChangesHeld, ChangesPositions {
  readonly type: 'TransferReturned';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
}
