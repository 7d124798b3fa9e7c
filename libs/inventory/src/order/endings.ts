import { accept, type Decision } from '../decision.js';
import type { CompleteOrderExpiry, CompleteOrderRelease, ExtendOrder, StartOrderExpiry, StartOrderRelease } from './commands.js';
import type { OrderEvent } from './events.js';
import { contradiction, type OrderRefusalCode } from './phases.js';
import type { OrderState } from './state.js';

type OrderDecision = Decision<OrderEvent, OrderRefusalCode>;

/** Decides to release every hold. */
export function startRelease(state: OrderState, command: StartOrderRelease): OrderDecision {
  if (isReleasing(state) || state.phase === 'released') return accept();
  if (state.phase !== 'held' || command.at >= state.expiresAt) return contradiction(state, command.at);
  return accept({ type: 'OrderReleaseStarted' });
}

export function completeRelease(state: OrderState, command: CompleteOrderRelease): OrderDecision {
  if (state.phase === 'released') return accept();
  return isReleasing(state) ? accept({ type: 'OrderReleased' }) : contradiction(state, command.at);
}

/** Whether the release is of the whole order, not of a part. */
const isReleasing = ({ phase, reduction }: OrderState): boolean => phase === 'releasing' && reduction === undefined;

/** Ends an overdue order, also one that a crash left in its start. Before that time, or after the end, it changes nothing. */
export function startExpiry(state: OrderState, command: StartOrderExpiry): OrderDecision {
  if (state.phase === 'none') return contradiction(state, command.at);
  const open = state.phase === 'held' || state.phase === 'started';
  return open && command.at >= state.expiresAt ? accept({ type: 'OrderExpiryStarted' }) : accept();
}

export function completeExpiry(state: OrderState, command: CompleteOrderExpiry): OrderDecision {
  if (state.phase === 'expired') return accept();
  return state.phase === 'expiring' ? accept({ type: 'OrderExpired' }) : contradiction(state, command.at);
}

/** Records that every hold was extended. A time that is not later than the present one changes nothing. */
export function extend(state: OrderState, command: ExtendOrder): OrderDecision {
  if (state.phase !== 'held' || command.at >= state.expiresAt) return contradiction(state, command.at);
  return command.expiresAt > state.expiresAt ? accept({ type: 'OrderExtended', expiresAt: command.expiresAt }) : accept();
}
