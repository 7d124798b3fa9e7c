import { refuse, type Refusal } from '../decision.js';
import { isTransferTerminal, type TransferState } from './state.js';

export type TransferRefusalCode =
  | 'unknown_transfer'
  | 'transfer_created'
  | 'transfer_moving'
  | 'transfer_shipping'
  | 'transfer_in_transit'
  | 'transfer_receiving'
  | 'transfer_received'
  | 'transfer_cancelling'
  | 'transfer_cancelled'
  | 'transfer_closing'
  | 'transfer_closed'
  | 'idempotency_mismatch'
  | 'invalid_quantity'
  | 'invalid_lines'
  | 'same_location'
  | 'quantity_exceeds_open'
  | 'over_differs'
  | 'too_many_receipts';

/** The refusal of a command that the transfer's phase does not allow; the code names the phase. */
export const contradiction = (state: TransferState): Refusal<TransferRefusalCode> =>
  state.phase === 'none' ? refuse('unknown_transfer') : refuse(`transfer_${state.phase}`, { state: state.phase });

/**
 * When a watchdog must continue the transfer: `patienceMs` after the phase began while a process works on it, null while it waits for
 * people or after its end.
 */
export function transferDeadline(state: TransferState, patienceMs: number): number | null {
  const waits = state.phase === 'none' || state.phase === 'created' || state.phase === 'in_transit';
  return waits || isTransferTerminal(state.phase) ? null : state.phaseSince + patienceMs;
}
