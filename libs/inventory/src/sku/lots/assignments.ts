import { refuse } from '../../decision.js';
import { detailIn } from '../holds/hold-sums.js';
import type { SkuState } from '../state.js';
import { isDue } from './between-lots.js';
import { arrivalBlock } from './blocked.js';
import type { CorrectPositions } from './commands.js';
import type { Correction, CorrectionFault } from './correction.js';
import type { LotDeclared } from './events.js';
import { firstExpiring } from './fefo.js';
import { findLot, NONE, positionChange, unassignedUnits, unitsInBin } from './positions.js';
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
  const before = declarations(lots, locationId, [position]);
  return {
    before,
    positions: [
      ...arrivals(lots, locationId, [position]),
      ...[positionChange(locationId, NONE, binId, -fromBin), positionChange(locationId, undefined, undefined, fromBin - quantity)].filter(
        ({ delta }) => delta !== 0,
      ),
    ],
    heldUnits: heldByAssignment(state, command, { before, fromBin }),
  };
}

/** Units that may leave now and may not as units of the lot, or in the bin. */
function heldByAssignment(
  state: SkuState,
  { at, locationId, toLotId = NONE, quantity = 0, binId = NONE, sellable }: CorrectPositions,
  { before, fromBin }: { readonly before: readonly LotDeclared[]; readonly fromBin: number },
): number {
  const detail = detailIn(state);
  const { lots } = detail;
  if (lots?.control === 'required') return 0;
  const isClosed = lots?.locations.get(locationId)?.closedBins.has(binId) === true;
  const known = (lots && findLot(lots, toLotId))?.lotId ?? toLotId;
  // A recall may name a lot before any of it is known.
  const isFree = arrivalBlock(detail, locationId, known, at) === undefined && !isDue(before, known, locationId, at);
  if (isFree && (sellable ?? !isClosed)) return 0;
  return isClosed ? quantity - fromBin : quantity;
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
