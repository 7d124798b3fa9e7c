import { accept, refuse } from '../../decision.js';
import { MAX_LOCATIONS_PER_SKU, MAX_UNITS } from '../limits.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { laterFigure } from '../reconciliation/reconciliation.js';
import { shortAtAny, type SkuDecision } from '../refusals.js';
import { freeStock } from '../sources/free-stock.js';
import type { Closed } from '../sources/closed.js';
import type { SkuState } from '../state.js';
import type { AdjustLocations } from './commands.js';

/**
 * Decides changes of on hand at several locations of a SKU, all or none. A decrease takes only free units, each at its own location: what
 * another adjustment of the command adds elsewhere does not cover it. An unknown SKU is refused: who changes several locations of a SKU knows it.
 */
export function adjustLocations(state: SkuState, command: AdjustLocations, closed: Closed): SkuDecision {
  const { type: _, at, adjustments, mayUncoverPromises, ...shared } = command;
  if (isRepeatedCommand(state, command.commandId)) return accept();
  const fault = refusalOf(state, command);
  if (fault) return fault;
  const changes = adjustments.map(({ locationId, delta }) => ({ type: 'StockAdjusted' as const, locationId, delta, ...shared }));
  const taken = mayUncoverPromises === true ? new Map<string, number>() : takenUnits(command);
  if (taken.size === 0) return accept(...changes);
  const stock = freeStock(state, at, (available) => [...taken].every(([locationId, units]) => available(locationId) >= units), { closed });
  return shortAtAny(taken, stock) ?? accept(...stock.before, ...changes);
}

/** What is wrong whatever is free. */
function refusalOf(state: SkuState, command: AdjustLocations): SkuDecision | undefined {
  const { adjustments, at, effectiveAt } = command;
  if (!state.known) return refuse('unknown_sku');
  for (const { delta } of adjustments) {
    const fault = delta === 0 ? quantityFault(delta) : quantityFault(delta, -MAX_UNITS);
    if (fault) return fault;
  }
  const added = new Set(adjustments.map(({ locationId }) => locationId).filter((locationId) => !state.balances.has(locationId)));
  if (state.balances.size + added.size > MAX_LOCATIONS_PER_SKU) return refuse('too_many_locations', { most: MAX_LOCATIONS_PER_SKU });
  if (effectiveAt >= at) return undefined;
  for (const { locationId } of adjustments) {
    const journal = state.journals.get(locationId);
    const later = journal && laterFigure(journal, effectiveAt);
    if (later) return refuse('later_fact_known', { ...later, locationId });
  }
  return undefined;
}

/** Units that the command takes away, by location. */
function takenUnits({ adjustments }: AdjustLocations): Map<string, number> {
  const taken = new Map<string, number>();
  for (const { locationId, delta } of adjustments) if (delta < 0) taken.set(locationId, (taken.get(locationId) ?? 0) - delta);
  return taken;
}
