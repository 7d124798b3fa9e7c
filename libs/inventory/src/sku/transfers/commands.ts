import type { Command } from '../command.js';

export type TransferStockCommand = MoveStock | ShipTransfer | ReceiveTransfer | ReturnTransfer;

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
  /** When the shipment was decided, epoch milliseconds: the same in every repeat of the step, while `at` is the time of the repeat. */
  readonly startedAt: number;
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  /** Ships units that this reservation holds at the source, in place of free ones. */
  readonly reservationId?: string;
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
  readonly fromLocationId: string;
  readonly toLocationId: string;
}
