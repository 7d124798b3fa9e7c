import { accept, refuse, type Decision } from '../decision.js';
import { MAX_PARTS_PER_RESERVATION } from '../sku/limits.js';
import type { CompleteOrderReduction, StartOrderReduction } from './commands.js';
import { startRelease } from './endings.js';
import type { OrderEvent } from './events.js';
import { isOnePartTooMany, isWhole, linesFault } from './parts.js';
import { contradiction, type OrderRefusalCode } from './phases.js';
import type { OrderState } from './state.js';

type OrderDecision = Decision<OrderEvent, OrderRefusalCode>;

/** Decides to release a part of the holds; lines that name all of it start a full release. */
export function startReduction(state: OrderState, command: StartOrderReduction): OrderDecision {
  const { at, commandId: reductionId, lines } = command;
  if (state.reduction?.reductionId === reductionId || state.reductionIds.includes(reductionId)) return accept();
  if (state.phase === 'released') return accept();
  if (state.phase !== 'held' || at >= state.expiresAt) return contradiction(state, at);
  const fault = linesFault(state, lines);
  if (fault) return fault;
  if (isWhole(state, lines)) return startRelease(state, { type: 'StartOrderRelease', at, commandId: reductionId });
  if (isOnePartTooMany(state, lines)) return refuse('too_many_parts', { most: MAX_PARTS_PER_RESERVATION });
  return accept({ type: 'OrderReductionStarted', reductionId, lines });
}

/** Every SKU released its part, or its hold had expired; in that case the order has expired too. */
export function completeReduction(state: OrderState, { at, reductionId }: CompleteOrderReduction): OrderDecision {
  if (state.reductionIds.includes(reductionId)) return accept();
  return state.reduction?.reductionId === reductionId ? accept({ type: 'OrderReduced', reductionId }) : contradiction(state, at);
}
