import { refuse } from '../../decision.js';
import { detailIn } from '../holds/hold-sums.js';
import type { SkuState } from '../state.js';
import { isDue } from './between-lots.js';
import { lotBlock } from './blocked.js';
import type { CorrectPositions } from './commands.js';
import type { Correction, CorrectionFault } from './correction.js';
import { firstExpiring } from './fefo.js';
import { findLot, positionChange, unassignedUnits } from './positions.js';
import { arrivals, declarations, positionsFault } from './received.js';

/** Unassigned units get a lot, a new one where it is not known. */
export function assigned(state: SkuState, command: CorrectPositions): Correction | CorrectionFault {
  const { locationId, toLotId: lotId, quantity = 0, binId, expiryDate, expiresAt } = command;
  if (lotId === undefined) return refuse('lot_required');
  const unassigned = unassignedUnits(state, locationId);
  if (quantity === 0 || quantity > unassigned) {
    return refuse('insufficient_unassigned', { requested: quantity, available: Math.max(0, unassigned) });
  }
  const position = {
    lotId,
    quantity,
    ...(binId === undefined ? {} : { binId }),
    ...(expiryDate === undefined ? {} : { expiryDate }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  const fault = positionsFault(state, locationId, [position], { isFact: false, least: 1 });
  if (fault?.kind === 'refused') return fault;
  const detail = detailIn(state);
  const lots = detail.lots;
  const before = declarations(lots, locationId, [position]);
  const known = (lots && findLot(lots, lotId))?.lotId ?? lotId;
  // A recall may name a lot before any of it is known.
  const comesHeld = lotBlock(detail, locationId, known) !== undefined || isDue(before, known, locationId, command.at);
  return {
    before,
    positions: [...arrivals(lots, locationId, [position]), positionChange(locationId, undefined, undefined, -quantity)],
    heldUnits: comesHeld && lots?.control !== 'required' ? quantity : 0,
  };
}

/** Positions that have more than is on hand are lowered, first expiry first, as far as their units may leave. */
export function settled(state: SkuState, { locationId }: CorrectPositions): Correction | CorrectionFault {
  const unassigned = unassignedUnits(state, locationId);
  if (unassigned >= 0) return refuse('nothing_to_settle', { unassigned });
  const lowered = firstExpiring(detailIn(state), locationId, -unassigned);
  const units = lowered.reduce((sum, { delta }) => sum - delta, 0);
  if (units === 0) return refuse('insufficient_lot_stock', { requested: -unassigned, available: 0 });
  return { positions: [...lowered, positionChange(locationId, undefined, undefined, units)] };
}
