import type { Decision } from '../decision.js';
import { completeMove } from './bin-move.js';
import { completeCancel, startCancel } from './cancellation.js';
import { completeClose, startClose } from './closing.js';
import type { TransferCommand } from './commands.js';
import { create } from './creation.js';
import type { TransferEvent } from './events.js';
import type { TransferRefusalCode } from './phases.js';
import { completeReceipt, startReceipt } from './receipt.js';
import { completeShipment, failShipment, startShipment, turnBack } from './shipment.js';
import type { TransferState } from './state.js';

/** Decides a step of a transfer. A command that is already satisfied yields no events. */
export function decideTransfer(state: TransferState, command: TransferCommand): Decision<TransferEvent, TransferRefusalCode> {
  switch (command.type) {
    case 'CreateTransfer':
      return create(state, command);
    case 'CompleteMove':
      return completeMove(state, command);
    case 'StartShipment':
      return startShipment(state);
    case 'CompleteShipment':
      return completeShipment(state, command);
    case 'TurnShipmentBack':
      return turnBack(state, command);
    case 'FailShipment':
      return failShipment(state, command);
    case 'StartReceipt':
      return startReceipt(state, command);
    case 'CompleteReceipt':
      return completeReceipt(state, command);
    case 'StartCancel':
      return startCancel(state);
    case 'CompleteCancel':
      return completeCancel(state);
    case 'StartClose':
      return startClose(state, command);
    case 'CompleteClose':
      return completeClose(state);
    default:
      return command satisfies never;
  }
}
