import type { ChangesHeld, HoldType } from '../holds/events.js';
import type { ChangesPositions } from '../lots/events.js';

export type TransferStockEvent = StockMoved | TransferShipped | TransferReceived | TransferReturned | TransferLost;

/** Why units of a transfer never arrive. */
export const LOSS_REASONS = ['lost', 'damaged_in_transit', 'miscount'] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** The hold that units travel under; it is placed where they arrive, or where they go back to. */
export interface TravellingHold {
  readonly holdId: string;
  readonly holdType: HoldType | 'expired';
  /** The hold that they were under before; the same id where all of its units travel. */
  readonly movedFrom: string;
  /** Of a hold on units of a lot. */
  readonly lotId?: string;
  readonly erpReference?: string;
  readonly createdBy?: string;
}

/** Virtual stock moved between locations at once. */
export interface StockMoved extends ChangesHeld, ChangesPositions {
  readonly type: 'StockMoved';
  readonly commandId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  readonly reference: string;
  /** The hold whose units moved; missing for free units. */
  readonly holdId?: string;
}

export interface TransferShipped extends ChangesHeld, ChangesPositions {
  readonly type: 'TransferShipped';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  /** The reservation that held the units until this shipment; missing for free units. The event before it ended or reduced that hold. */
  readonly heldByReservationId?: string;
  /** The hold whose units were shipped; missing for free units. */
  readonly holdId?: string;
  /** Missing for free units, and for those of a hold on the whole SKU, which holds them wherever they arrive. */
  readonly hold?: TravellingHold;
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

/** Units in transit that never arrive: the transfer was closed. The company has so many units less. */
export interface TransferLost extends ChangesHeld {
  readonly type: 'TransferLost';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  readonly reasonCode: LossReason;
  readonly reason?: string;
  /** The hold that they travelled under. */
  readonly holdId?: string;
}
