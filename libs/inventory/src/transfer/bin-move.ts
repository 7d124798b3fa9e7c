import { accept, type Decision } from '../decision.js';
import type { CompleteMove } from './commands.js';
import type { TransferEvent } from './events.js';
import { contradiction, type TransferRefusalCode } from './phases.js';
import { isInsideOneLocation, isTransferTerminal, type TransferState } from './state.js';

/** Every SKU moved its units between bins, or refused to. */
export function completeMove(state: TransferState, { unmoved }: CompleteMove): Decision<TransferEvent, TransferRefusalCode> {
  if (isInsideOneLocation(state) && isTransferTerminal(state.phase)) return accept();
  return state.phase === 'moving' ? accept({ type: 'BinsChanged', unmoved }) : contradiction(state);
}
