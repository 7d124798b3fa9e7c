import { refuse } from '../../decision.js';
import { detailIn } from '../holds/hold-sums.js';
import type { SkuState } from '../state.js';
import type { CorrectPositions } from './commands.js';
import type { Correction, CorrectionFault } from './correction.js';
import { firstExpiring } from './fefo.js';
import { NONE, positionChange, unassignedUnits, unitsInBin } from './positions.js';
import { arrivals, declarations, positionsFault } from './received.js';

/** Units without a lot get one, a new one where it is not known: those of the bin that is named first, then unassigned ones. */
export function assigned(state: SkuState, command: CorrectPositions): Correction | CorrectionFault {
  const { locationId, toLotId: lotId, quantity = 0, binId, expiryDate, expiresAt, sellable } = command;
  if (lotId === undefined) return refuse('lot_required');
  const unassigned = Math.max(0, unassignedUnits(state, locationId));
  const inBin = binId === undefined ? 0 : unitsInBin(state.detail?.lots, locationId, NONE, binId);
  if (quantity === 0 || quantity > unassigned + inBin) {
    return refuse('insufficient_unassigned', { requested: quantity, available: unassigned + inBin });
  }
  const position = {
    lotId,
    quantity,
    ...(binId === undefined ? {} : { binId }),
    ...(expiryDate === undefined ? {} : { expiryDate }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(sellable === undefined ? {} : { sellable }),
  };
  const fault = positionsFault(state, locationId, [position], { isFact: false, least: 1 });
  if (fault?.kind === 'refused') return fault;
  const { lots } = state.detail ?? {};
  const fromBin = Math.min(quantity, inBin);
  return {
    before: declarations(lots, locationId, [position]),
    positions: [
      ...arrivals(lots, locationId, [position]),
      ...[positionChange(locationId, NONE, binId, -fromBin), positionChange(locationId, undefined, undefined, fromBin - quantity)].filter(
        ({ delta }) => delta !== 0,
      ),
    ],
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
