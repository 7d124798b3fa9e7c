import type { Command } from '../command.js';
import type { LotAtDestination, PositionUnits } from '../lots/commands.js';

export type TransferStockCommand = MoveStock | ShipTransfer | ReceiveTransfer | ReturnTransfer;

export interface MoveStock extends Command {
  readonly type: 'MoveStock';
  readonly fromLocationId: string;
  readonly toLocationId: string;
  readonly quantity: number;
  readonly reference: string;
  /** The lots and bins that the units come from; they keep their lots. Missing: those that a sale would take. */
  readonly positions?: readonly PositionUnits[];
  /** Lots that may not leave are moved too; they stay held. */
  readonly mayMoveHeld?: boolean;
  readonly lots?: readonly LotAtDestination[];
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
  /** As of `MoveStock`. */
  readonly positions?: readonly PositionUnits[];
  readonly mayMoveHeld?: boolean;
}

export interface ReceiveTransfer extends Command {
  readonly type: 'ReceiveTransfer';
  readonly transferId: string;
  readonly quantity: number;
  readonly receiptId: string;
  /** The lots that arrived, and the bins that they lie in now. Missing: those in transit, in order. */
  readonly positions?: readonly PositionUnits[];
  readonly lots?: readonly LotAtDestination[];
}

export interface ReturnTransfer extends Command {
  readonly type: 'ReturnTransfer';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
}
