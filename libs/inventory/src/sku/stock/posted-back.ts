import type { SkuDecision } from '../refusals.js';
import type { SkuEvent } from '../events.js';
import type { SkuState } from '../state.js';

/**
 * Marks changes of on hand that an ERP posts itself, where its figures come to the location: until it has posted them under their document,
 * its figures do not contain them. Without the mark the next figure of a later time would undo them.
 */
export function withPostedBack({ journals }: SkuState, decision: SkuDecision): SkuDecision {
  if (decision.kind === 'refused') return decision;
  const isTold = (event: SkuEvent): boolean =>
    event.type === 'StockAdjusted' &&
    event.orderId === undefined &&
    event.delta !== 0 &&
    journals.get(event.locationId)?.postedBack === true;
  return decision.events.some(isTold)
    ? { ...decision, events: decision.events.map((event) => (isTold(event) ? told(event) : event)) }
    : decision;
}

function told(event: SkuEvent): SkuEvent {
  if (event.type !== 'StockAdjusted') return event;
  const { documentId = event.holdId ?? `adj_${event.commandId}` } = event;
  return { ...event, documentId, postedBack: true };
}
