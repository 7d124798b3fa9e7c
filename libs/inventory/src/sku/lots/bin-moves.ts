import { refuse } from '../../decision.js';
import { quantityFault } from '../quantities.js';
import type { SkuState } from '../state.js';
import type { BinMove, CorrectPositions } from './commands.js';
import { lacksLot } from './blocked.js';
import type { Correction, CorrectionFault } from './correction.js';
import type { PositionChange } from './events.js';
import { findLot, NONE, positionChange, unassignedUnits, unitsInBin } from './positions.js';
import { boundsFault } from './received.js';

/** Units change bin, several at once: all or none. */
export function binMoves(state: SkuState, { locationId, moves = [] }: CorrectPositions): Correction | CorrectionFault {
  const lots = state.detail?.lots;
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
  for (const move of moves) {
    const { lotId: named, fromBinId, toBinId, quantity, sellable } = move;
    const wrong = quantityFault(quantity);
    if (wrong) return wrong;
    const lotId = named === undefined ? NONE : lots && findLot(lots, named)?.lotId;
    if (lotId === undefined) return refuse('unknown_lot', { lotId: named });
    // Units that must have a lot get one before they are put away: only the way out of a bin is open.
    if (lacksLot(lots, lotId) && toBinId !== undefined) return refuse('lot_required', { binId: toBinId, quantity });
    const key = `${lotId} ${fromBinId ?? NONE}`;
    const there = left.get(key) ?? unitsAt(state, locationId, move, lotId);
    if (quantity > there) return shortOf(move, lotId, there);
    left.set(key, there - quantity);
    positions.push(positionChange(locationId, lotId, fromBinId, -quantity), {
      ...positionChange(locationId, lotId, toBinId, quantity),
      ...(sellable === undefined ? {} : { sellable }),
    });
  }
  return { positions };
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
