import { refuse, type Refusal } from '../decision.js';
import type { OrderPhase, OrderState } from './state.js';

const TERMINAL: ReadonlySet<OrderPhase> = new Set(['refused', 'committed', 'released', 'expired']);

/** Whether the order has ended. */
export const isOrderTerminal = (phase: OrderPhase): boolean => TERMINAL.has(phase);

/**
 * When a watchdog must look at the order: at its expiry while it is held, `patienceMs` after the last sign of life of the process that works on
 * it, null after its end.
 */
export function orderDeadline(state: OrderState, patienceMs: number): number | null {
  if (state.phase === 'none' || isOrderTerminal(state.phase)) return null;
  return state.phase === 'held' ? state.expiresAt : state.aliveAt + patienceMs;
}

export type OrderRefusalCode =
  | 'unknown_reservation'
  | 'reservation_started'
  | 'reservation_held'
  | 'reservation_refused'
  | 'reservation_committing'
  | 'reservation_committed'
  | 'reservation_releasing'
  | 'reservation_released'
  | 'reservation_expired'
  | 'idempotency_mismatch'
  | 'invalid_quantity'
  | 'invalid_lines'
  | 'quantity_exceeds_open'
  | 'too_many_parts'
  | 'unknown_commit';

/** The refusal of a command that the order's phase at that time does not allow. An overdue order counts as expired. */
export function contradiction(state: OrderState, at: number): Refusal<OrderRefusalCode> {
  const details = { state: state.phase };
  switch (state.phase) {
    case 'none':
      return refuse('unknown_reservation');
    case 'held':
      return at < state.expiresAt ? refuse('reservation_held', details) : refuse('reservation_expired', { state: 'expired' });
    case 'expiring':
    case 'expired':
      return refuse('reservation_expired', { state: 'expired' });
    case 'started':
    case 'refused':
    case 'committing':
    case 'committed':
    case 'releasing':
    case 'released':
      return refuse(`reservation_${state.phase}`, details);
    default:
      return state.phase satisfies never;
  }
}
