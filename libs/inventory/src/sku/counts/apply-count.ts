import { accept, refuse } from '../../decision.js';
import { MAX_UNITS } from '../limits.js';
import { countedPositions } from '../lots/counted.js';
import { quantityFault } from '../quantities.js';
import { isRepeatedCommand } from '../recent.js';
import { locationFault, type SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import { introduction } from '../stock/products.js';
import type { ApplyCount, CountMark } from './commands.js';

/**
 * Decides to apply the difference that a count found. Between the caller's reading of the stream and this decision another fact of the time
 * of the count may have come: then the difference is outdated, and the caller must compute it again.
 */
export function applyCount(state: SkuState, command: ApplyCount): SkuDecision {
  const { type: _, at, mark, countedAt, postedBack, positions: __, coversAll: ___, counted, ...count } = command;
  if (isRepeatedCommand(state, count.commandId)) return accept();
  const fault = quantityFault(count.delta, -MAX_UNITS) ?? quantityFault(counted, 0) ?? locationFault(state, count.locationId);
  if (fault) return fault;
  const now = countMark(state, count.locationId, countedAt);
  if (!isSameMark(now, mark)) return refuse('count_outdated', { ...now });
  const found = countedPositions(state, command);
  if ('kind' in found) return found;
  return accept(...introduction(state, count.commandId), ...found.before, {
    type: 'StockAdjusted',
    ...count,
    ...(found.isPartial ? { recorded: counted } : { counted }),
    delta: found.delta,
    effectiveAt: Math.min(countedAt, at),
    ...(postedBack ? { postedBack } : {}),
    ...(found.positions.length === 0 ? {} : { positions: found.positions }),
  });
}

/** The mark of the location's recorded stock as of that time. */
export function countMark(state: SkuState, locationId: string, time: number): CountMark {
  const journal = state.journals.get(locationId);
  if (journal === undefined) return { units: 0, lastAsOf: null, countedAt: null };
  let units = journal.figure;
  for (const movement of journal.dated) if (movement.time <= time) units += movement.delta;
  // Of own movements only those with a time of their own: adjustments that an ERP will post. Others move when they are decided.
  for (const movements of journal.own.values()) {
    for (const { movedAt, delta } of movements) if (movedAt !== undefined && movedAt <= time) units += delta;
  }
  return { units, lastAsOf: journal.lastAsOf, countedAt: journal.countedAt };
}

const isSameMark = (one: CountMark, other: CountMark): boolean =>
  one.units === other.units && one.lastAsOf === other.lastAsOf && one.countedAt === other.countedAt;
