import type { ArrivalBin } from '../../locations/bin-sale.js';
import type { Command } from '../command.js';
import type { LotAtDestination, PositionUnits } from '../lots/commands.js';
import type { LossReason } from './events.js';

export type TransferStockCommand = MoveStock | ShipTransfer | ReceiveTransfer | ReturnTransfer | CloseTransfer;

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
  /** Refuse a lot that is not expired at the source. */
  readonly mustBeExpired?: boolean;
  readonly lots?: readonly LotAtDestination[];
  /** Moves units of this hold, in place of free ones; the hold goes with them. */
  readonly holdId?: string;
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
  /** Ships units of this hold, in place of free ones; the hold goes with them. */
  readonly holdId?: string;
}

export interface ReceiveTransfer extends Command {
  readonly type: 'ReceiveTransfer';
  readonly transferId: string;
  /** Good units, those beyond what was on its way among them. */
  readonly quantity: number;
  readonly receiptId: string;
  /** The lots that arrived, and the bins that they lie in now. Missing: those in transit, in order. */
  readonly positions?: readonly PositionUnits[];
  /** Good units of which no bin is said lie in this one; those under a hold lie in none. */
  readonly arrivalBin?: ArrivalBin;
  readonly lots?: readonly LotAtDestination[];
  /** Units that arrived damaged, beside the good ones: they are held. */
  readonly rejected?: number;
  readonly over?: OverReceipt;
  /** Where the units of `over` arrive if the SKU has forgotten the transfer. */
  readonly toLocationId?: string;
  readonly receivedBy?: string;
}

/** How many of the units that arrived are beyond what was on its way. */
export interface OverReceipt {
  readonly quantity: number;
  readonly reasonCode: string;
}

export interface ReturnTransfer extends Command {
  readonly type: 'ReturnTransfer';
  readonly transferId: string;
  readonly fromLocationId: string;
  readonly toLocationId: string;
}

/** Nothing of the transfer will arrive any more. */
export interface CloseTransfer extends Command {
  readonly type: 'CloseTransfer';
  readonly transferId: string;
  readonly reasonCode: LossReason;
  readonly reason?: string;
}
