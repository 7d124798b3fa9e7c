import { accept, type Decision } from '../decision.js';
import { completeCancel, startCancel } from './cancellation.js';
import type { TransferCommand } from './commands.js';
import { create } from './creation.js';
import type { TransferEvent } from './events.js';
import { contradiction, type TransferRefusalCode } from './phases.js';
import { completeReceipt, startReceipt } from './receipt.js';
import type { TransferState } from './state.js';

/** Decides a step of a transfer. Asked again for what is so already, it yields no events. */
export function decideTransfer(state: TransferState, command: TransferCommand): Decision<TransferEvent, TransferRefusalCode> {
  switch (command.type) {
    case 'CreateTransfer':
      return create(state, command);
    case 'StartShipment':
      if (state.phase === 'shipping' || state.phase === 'in_transit') return accept();
      return state.phase === 'created' ? accept({ type: 'ShipmentStarted', shipmentId: nextShipment(state) }) : contradiction(state);
    case 'CompleteShipment':
      if (state.phase === 'in_transit') return accept();
      return state.phase === 'shipping' ? accept({ type: 'Shipped' }) : contradiction(state);
    case 'FailShipment':
      if (state.phase === 'created' && state.attempts > 0) return accept();
      return state.phase === 'shipping' ? accept({ type: 'ShipmentFailed', lines: command.lines }) : contradiction(state);
    case 'StartReceipt':
      return startReceipt(state, command);
    case 'CompleteReceipt':
      return completeReceipt(state, command);
    case 'StartCancel':
      return startCancel(state);
    case 'CompleteCancel':
      return completeCancel(state);
    default:
      return command satisfies never;
  }
}

/** The SKUs take a shipment's id once: another attempt needs another. */
const nextShipment = (state: TransferState): string =>
  state.attempts === 0 ? state.transferId : `${state.transferId}~${String(state.attempts + 1)}`;
