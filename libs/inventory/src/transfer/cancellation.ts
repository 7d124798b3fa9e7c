import { accept, type Decision } from '../decision.js';
import type { TransferEvent } from './events.js';
import { contradiction, type TransferRefusalCode } from './phases.js';
import type { TransferState } from './state.js';

type TransferDecision = Decision<TransferEvent, TransferRefusalCode>;

/** Decides to end a transfer that was not shipped yet, or to return what is in transit. */
export function startCancel(state: TransferState): TransferDecision {
  switch (state.phase) {
    case 'cancelling':
    case 'cancelled':
      return accept();
    case 'created':
      return accept({ type: 'Cancelled' });
    case 'in_transit':
      return accept({ type: 'CancelStarted' });
    case 'none':
    case 'moving':
    case 'shipping':
    case 'receiving':
    case 'received':
    case 'closing':
    case 'closed':
      return contradiction(state);
    default:
      return state.phase satisfies never;
  }
}

/** Every SKU returned what was in transit. */
export function completeCancel(state: TransferState): TransferDecision {
  if (state.phase === 'cancelled') return accept();
  return state.phase === 'cancelling' ? accept({ type: 'Cancelled' }) : contradiction(state);
}
