import { refuse, type Refusal } from '../decision.js';
import { isTransferTerminal, type TransferState } from './state.js';

export type TransferRefusalCode =
  | 'unknown_transfer'
  | 'transfer_created'
  | 'transfer_shipping'
  | 'transfer_in_transit'
  | 'transfer_receiving'
  | 'transfer_received'
  | 'transfer_cancelling'
  | 'transfer_cancelled'
  | 'idempotency_mismatch'
  | 'invalid_quantity'
  | 'invalid_lines'
  | 'same_location'
  | 'quantity_exceeds_open'
  | 'too_many_receipts';

/** Why the transfer's phase does not allow what was asked; the code names the phase. */
export const contradiction = (state: TransferState): Refusal<TransferRefusalCode> =>
  state.phase === 'none' ? refuse('unknown_transfer') : refuse(`transfer_${state.phase}`, { state: state.phase });

/** When a watchdog has to resume the transfer: `patienceMs` after a phase under way began, null where it waits for people or has ended. */
export function transferDeadline(state: TransferState, patienceMs: number): number | null {
  const waits = state.phase === 'none' || state.phase === 'created' || state.phase === 'in_transit';
  return waits || isTransferTerminal(state.phase) ? null : state.phaseSince + patienceMs;
}
