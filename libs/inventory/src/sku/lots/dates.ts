import { accept, refuse } from '../../decision.js';
import { isRepeatedCommand } from '../recent.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import { datedAt } from './between-lots.js';
import type { ChangeLotExpiry, RenameLot } from './commands.js';
import { findLot } from './positions.js';
import type { Lot } from './state.js';

/** Decides another date of a lot, wherever it lies, or none. It is a fact: a date that has passed makes the lot expired at once. */
export function changeLotExpiry(state: SkuState, command: ChangeLotExpiry): SkuDecision {
  const { lotId, commandId, expiryDate, expiresAt, reason } = command;
  if (isRepeatedCommand(state, commandId)) return accept();
  const lots = state.detail?.lots;
  const lot = lots && findLot(lots, lotId);
  if (lots === undefined || lot === undefined) return refuse('unknown_lot', { lotId });
  if (lot.destroyed && lot.units === 0) return refuse('lot_destroyed', { lotId });
  const lies = [...lots.locations].filter(([, there]) => there.lots.has(lot.lotId)).map(([locationId]) => locationId);
  const dated = datedAt({ expiryDate, expiresAt }, new Set([...lot.expiresAt.keys(), ...lies]));
  if (isSame(lot, dated)) return accept();
  return accept({
    type: 'LotExpiryChanged',
    commandId,
    lotId: lot.lotId,
    ...dated,
    ...(reason === undefined ? {} : { reason }),
  });
}

const isSame = (lot: Lot, { expiryDate, expiresAt }: ReturnType<typeof datedAt>): boolean =>
  lot.expiryDate === expiryDate &&
  lot.expiresAt.size === expiresAt.length &&
  expiresAt.every((instant) => lot.expiresAt.get(instant.locationId) === instant.expiresAt);

/** Decides another id of a lot. An id that a lot has, or had, or that a hold names, is not given to another. */
export function renameLot(state: SkuState, { lotId, toLotId, commandId, reason }: RenameLot): SkuDecision {
  if (isRepeatedCommand(state, commandId)) return accept();
  const lots = state.detail?.lots;
  const lot = lots && findLot(lots, lotId);
  if (lots === undefined || lot === undefined) return refuse('unknown_lot', { lotId });
  if (lot.lotId === toLotId) return accept();
  const other = findLot(lots, toLotId);
  if (other !== undefined && other !== lot) return refuse('lot_exists', { lotId: toLotId });
  // A recall may name a lot before any of it is known.
  if (state.detail?.sums.lots.has(toLotId) === true) return refuse('lot_held', { lotId: toLotId });
  return accept({ type: 'LotRenamed', commandId, lotId: lot.lotId, toLotId, ...(reason === undefined ? {} : { reason }) });
}
