import { accept, type Decision } from '../decision.js';
import type { StartClose } from './commands.js';
import type { TransferEvent } from './events.js';
import { contradiction, type TransferRefusalCode } from './phases.js';
import type { TransferState } from './state.js';

type TransferDecision = Decision<TransferEvent, TransferRefusalCode>;

/** Decides to give up what is in transit. Nothing is lost of a transfer that was not shipped: that one is cancelled. */
export function startClose(state: TransferState, { reasonCode, reason }: StartClose): TransferDecision {
  if (state.phase === 'closing' || state.phase === 'closed') return accept();
  if (state.phase !== 'in_transit') return contradiction(state);
  return accept({ type: 'CloseStarted', reasonCode, ...(reason === undefined ? {} : { reason }) });
}

/** Every SKU counts what was in transit as lost. */
export function completeClose(state: TransferState): TransferDecision {
  if (state.phase === 'closed') return accept();
  return state.phase === 'closing' ? accept({ type: 'Closed' }) : contradiction(state);
}
