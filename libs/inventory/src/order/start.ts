import { accept, refuse, type Decision } from '../decision.js';
import { quantityFault, ttlFault } from '../sku/quantities.js';
import type { ContinueOrder, HoldOrder, RefuseOrder, StartOrder } from './commands.js';
import type { OrderEvent } from './events.js';
import { MAX_LINES_PER_ORDER } from './limits.js';
import { contradiction, type OrderRefusalCode } from './phases.js';
import type { OrderState } from './state.js';

type OrderDecision = Decision<OrderEvent, OrderRefusalCode>;

/** Starts the order. A repeat of the same request changes nothing, also after the order has ended. */
export function start(state: OrderState, command: StartOrder): OrderDecision {
  if (state.phase !== 'none') {
    return state.requestHash === command.requestHash ? accept() : refuse('idempotency_mismatch', { reservationId: state.reservationId });
  }
  const fault = lineFault(command) ?? ttlFault(command.ttlMs);
  if (fault) return fault;
  const { type: _, at, commandId: __, partial, ...order } = command;
  return accept({ type: 'OrderStarted', ...order, partial: partial ?? false, expiresAt: at + command.ttlMs });
}

function lineFault({ lines }: StartOrder) {
  if (lines.length === 0 || lines.length > MAX_LINES_PER_ORDER) {
    return refuse('invalid_lines', { lines: lines.length, most: MAX_LINES_PER_ORDER });
  }
  if (new Set(lines.map(({ sku }) => sku)).size < lines.length) return refuse('invalid_lines', { reason: 'a SKU occurs twice' });
  for (const { quantity } of lines) {
    const fault = quantityFault(quantity);
    if (fault) return fault;
  }
  return undefined;
}

/** Writes down a sign of life. After the end of the start it changes nothing. */
export function proceed(state: OrderState, command: ContinueOrder): OrderDecision {
  if (state.phase === 'none') return contradiction(state, command.at);
  return state.phase === 'started' ? accept({ type: 'OrderContinued' }) : accept();
}

/** Every SKU placed its hold. */
export function hold(state: OrderState, command: HoldOrder): OrderDecision {
  if (state.phase === 'held') return accept();
  if (state.phase !== 'started') return contradiction(state, command.at);
  return accept({ type: 'OrderHeld', lines: command.lines, expiresAt: Math.min(state.expiresAt, command.expiresAt ?? state.expiresAt) });
}

/** A SKU was short, or the process at work stopped. A process that shows itself alive again is not refused by another. */
export function refuseOrder(state: OrderState, command: RefuseOrder): OrderDecision {
  if (state.phase === 'refused') return accept();
  if (state.phase !== 'started') return contradiction(state, command.at);
  const { unlessAliveSince = state.aliveAt } = command;
  if (state.aliveAt !== unlessAliveSince) return accept();
  return accept({ type: 'OrderRefused', lines: command.lines });
}
