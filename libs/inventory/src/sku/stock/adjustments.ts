import { accept, refuse } from '../../decision.js';
import { adjustedPositions } from '../lots/adjusted.js';
import { MAX_UNITS } from '../limits.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import type { Journal } from '../reconciliation/journal.js';
import { laterFigure, laterThanCount, unitsSince } from '../reconciliation/reconciliation.js';
import { setOff } from '../reconciliation/issued-ahead.js';
import { locationFault, shortAt, type SkuDecision } from '../refusals.js';
import { freeStock } from '../sources/free-stock.js';
import type { Closed } from '../sources/closed.js';
import type { SkuState } from '../state.js';
import { placeAt, takeAt } from '../stock-place.js';
import { totalUnits } from '../takes.js';
import type { AdjustStock, RecordStock } from './commands.js';
import { introduction } from './products.js';

/**
 * Decides a change of on hand by a difference with a reason. An unknown SKU becomes known by it, as by every fact about stock. It takes
 * only free units, unless it states a fact, which cannot be refused. A difference of an earlier time that a later count or ERP figure
 * contains already is refused: it would be counted twice.
 */
export function adjust(state: SkuState, command: AdjustStock, closed: Closed): SkuDecision {
  const {
    type: _,
    at,
    mayUncoverPromises,
    lotId: __,
    binId: ___,
    sellable: ____,
    mustBeExpired: _____,
    isFact: ______,
    ...adjustment
  } = command;
  const { locationId, delta, commandId } = adjustment;
  if (isRepeatedCommand(state, commandId)) return accept();
  const fault = delta === 0 ? quantityFault(delta) : (quantityFault(delta, -MAX_UNITS) ?? locationFault(state, locationId));
  if (fault) return fault;
  const seen = journalOfEarlier(state, command);
  const later = seen && laterFigure(seen, command.effectiveAt);
  if (later) return refuse('later_fact_known', { ...later });
  const ofLots = adjustedPositions(state, command);
  if ('kind' in ofLots) return ofLots;
  const { before, takesHeld } = ofLots;
  const positions = ofLots.positions.length === 0 ? {} : { positions: ofLots.positions };
  if (delta > 0 || mayUncoverPromises === true || takesHeld) {
    return accept(...introduction(state, commandId), ...before, {
      type: 'StockAdjusted',
      ...adjustment,
      ...issuedBefore(state, command),
      ...positions,
    });
  }

  const stock = freeStock(state, at, (available) => available(locationId) >= -delta, { closed });
  const available = stock.available(locationId);
  if (available < -delta) return shortAt(locationId, -delta, available);
  return accept(...stock.before, { type: 'StockAdjusted', ...adjustment, ...positions });
}

/**
 * Decides a count: on hand becomes the counted figure plus what moved since the time of the count. A count that finds no difference is
 * recorded too, unless only changes are wanted; one that is older than another count or an ERP's figure is refused. A figure that does not
 * cover the whole location is set in the same way, but counts as no count.
 */
export function record(state: SkuState, command: RecordStock): SkuDecision {
  const { type: _, at: __, changesOnly = false, isComplete = true, ...count } = command;
  if (isRepeatedCommand(state, count.commandId)) return accept();
  const fault = quantityFault(count.counted, 0) ?? locationFault(state, count.locationId);
  if (fault) return fault;
  const earlier = journalOfEarlier(state, command);
  const later = earlier && laterThanCount(earlier, count.effectiveAt);
  if (later) return refuse('later_fact_known', { ...later });
  const since = earlier === undefined ? 0 : unitsSince(earlier, count.effectiveAt);
  const delta = count.counted + since - (state.balances.get(count.locationId)?.onHand ?? 0);
  if (changesOnly && delta === 0) return accept();
  const introduced = introduction(state, count.commandId);
  if (isComplete) return accept(...introduced, { type: 'StockAdjusted', ...count, delta });
  const { counted: recorded, ...rest } = count;
  return accept(...introduced, { type: 'StockAdjusted', ...rest, recorded, delta });
}

/** The change of a sale of which an ERP issued units before: they left on hand when they were issued. */
function issuedBefore(state: SkuState, { orderId, delta, locationId }: AdjustStock): { delta?: number; alreadyIssuedUnits?: number } {
  const ahead = orderId === undefined || delta > 0 ? undefined : state.issuedAhead.get(orderId);
  if (ahead === undefined) return {};
  const alreadyIssuedUnits = totalUnits(setOff(ahead, [takeAt(placeAt(locationId), -delta)]).alreadyIssued);
  return alreadyIssuedUnits === 0 ? {} : { delta: delta + alreadyIssuedUnits, alreadyIssuedUnits };
}

/** The journal of the location if the fact is of an earlier time; undefined for a fact of now, which is newer than everything in it. */
const journalOfEarlier = (state: SkuState, { at, effectiveAt, locationId }: AdjustStock | RecordStock): Journal | undefined =>
  effectiveAt < at ? state.journals.get(locationId) : undefined;
