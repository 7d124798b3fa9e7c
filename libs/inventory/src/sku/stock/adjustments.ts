import { accept, refuse } from '../../decision.js';
import { MAX_UNITS } from '../limits.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { locationFault, shortAt, type SkuDecision } from '../refusals.js';
import { freeStock } from '../sources/free-stock.js';
import type { SkuState } from '../state.js';
import type { AdjustStock, RecordStock } from './commands.js';
import { introduction } from './products.js';

/** Changes on hand by a difference with a reason. Takes no promised units unless it states a fact that nobody can refuse. */
export function adjust(state: SkuState, command: AdjustStock): SkuDecision {
  const { type: _, at, mayUncoverPromises, ...adjustment } = command;
  const { locationId, delta, commandId } = adjustment;
  if (isRepeatedCommand(state, commandId)) return accept();
  if (!state.known) return refuse('unknown_sku');
  const fault = delta === 0 ? quantityFault(delta) : (quantityFault(delta, -MAX_UNITS) ?? locationFault(state, locationId));
  if (fault) return fault;
  if (delta > 0 || mayUncoverPromises === true) return accept({ type: 'StockAdjusted', ...adjustment });

  const stock = freeStock(state, at, (available) => available(locationId) >= -delta);
  const available = stock.available(locationId);
  if (available < -delta) return shortAt(locationId, -delta, available);
  return accept(...stock.before, { type: 'StockAdjusted', ...adjustment });
}

/** Sets on hand to what was counted. A count that finds what was known is recorded too. */
export function record(state: SkuState, command: RecordStock): SkuDecision {
  const { type: _, at: __, ...count } = command;
  if (isRepeatedCommand(state, count.commandId)) return accept();
  const fault = quantityFault(count.counted, 0) ?? locationFault(state, count.locationId);
  if (fault) return fault;
  const delta = count.counted - (state.balances.get(count.locationId)?.onHand ?? 0);
  return accept(...introduction(state, count.commandId), { type: 'StockAdjusted', ...count, delta });
}
