import { refuse } from '../../decision.js';
import { quantityFault } from '../quantities.js';
import type { SkuState } from '../state.js';
import { detailIn } from '../holds/hold-sums.js';
import type { BinMove, CorrectPositions } from './commands.js';
import { lacksLot, lotBlock } from './blocked.js';
import type { Correction, CorrectionFault } from './correction.js';
import type { PositionChange } from './events.js';
import { findLot, NONE, positionChange, unassignedUnits, unitsInBin } from './positions.js';
import { boundsFault } from './received.js';

/** Units change bin, several at once: all or none. */
export function binMoves(state: SkuState, { locationId, moves = [] }: CorrectPositions): Correction | CorrectionFault {
  const detail = detailIn(state);
  const { lots } = detail;
  const fault = boundsFault(
    lots,
    locationId,
    moves.map(({ lotId, toBinId }) => ({
      ...(lotId === undefined ? {} : { lotId }),
      ...(toBinId === undefined ? {} : { binId: toBinId }),
    })),
  );
  if (fault?.kind === 'refused') return fault;
  const left = new Map<string, number>();
  const positions: PositionChange[] = [];
  let heldUnits = 0;
  for (const move of moves) {
    const { lotId: named, fromBinId, toBinId, quantity, sellable } = move;
    const wrong = quantityFault(quantity);
    if (wrong) return wrong;
    const lotId = named === undefined ? NONE : lots && findLot(lots, named)?.lotId;
    if (lotId === undefined) return refuse('unknown_lot', { lotId: named });
    // Units that must have a lot get one before they are put away: only the way out of a bin is open.
    const needsLot = lacksLot(lots, lotId);
    if (needsLot && toBinId !== undefined) return refuse('lot_required', { binId: toBinId, quantity });
    const key = `${lotId} ${fromBinId ?? NONE}`;
    const there = left.get(key) ?? unitsAt(state, locationId, move, lotId);
    if (quantity > there) return shortOf(move, lotId, there);
    left.set(key, there - quantity);
    positions.push(positionChange(locationId, lotId, fromBinId, -quantity), {
      ...positionChange(locationId, lotId, toBinId, quantity),
      ...(sellable === undefined ? {} : { sellable }),
    });
    const closed = lots?.locations.get(locationId)?.closedBins;
    const isFree = !needsLot && (lotId === NONE || lotBlock(detail, locationId, lotId) === undefined);
    const wasOpen = isFree && closed?.has(fromBinId ?? NONE) !== true;
    const goesOpen = isFree && (sellable ?? closed?.has(toBinId ?? NONE) !== true);
    if (wasOpen && !goesOpen) heldUnits += quantity;
  }
  return { positions, heldUnits };
}

function unitsAt(state: SkuState, locationId: string, { fromBinId }: BinMove, lotId: string): number {
  if (lotId === NONE && fromBinId === undefined) return Math.max(0, unassignedUnits(state, locationId));
  return unitsInBin(state.detail?.lots, locationId, lotId, fromBinId);
}

function shortOf({ fromBinId, quantity }: BinMove, lotId: string, available: number): CorrectionFault {
  if (lotId === NONE && fromBinId === undefined) return refuse('insufficient_unassigned', { requested: quantity, available });
  return refuse('insufficient_in_bin', {
    requested: quantity,
    available,
    ...(lotId === NONE ? {} : { lotId }),
    ...(fromBinId === undefined ? {} : { binId: fromBinId }),
  });
}
