import { refuse } from '../../decision.js';
import type { SkuState } from '../state.js';
import type { AdjustStock } from '../stock/commands.js';
import { detailIn } from '../holds/hold-sums.js';
import { shortAt } from '../refusals.js';
import { lacksLot, lotBlock } from './blocked.js';
import type { CorrectionFault } from './correction.js';
import type { LotDeclared, PositionChange } from './events.js';
import { findLot, lotUnitsAt, NONE, positionChange, takenFrom, unassignedUnits } from './positions.js';
import { boundsFault, declarationsAt } from './received.js';

/** The lots of an adjustment. */
export interface AdjustedPositions {
  readonly before: readonly LotDeclared[];
  readonly positions: readonly PositionChange[];
  /** The units may not leave anyway, so no free units are needed to take them off. */
  readonly takesHeld: boolean;
}

const NO_POSITIONS: AdjustedPositions = { before: [], positions: [], takesHeld: false };

/**
 * Finds the positions that an adjustment changes. Without a lot it takes unassigned units, then units in bins without a lot; it never chooses
 * a lot. A fact, such as a sale of a channel, which names its order, goes to unassigned units, however few they are.
 */
export function adjustedPositions(state: SkuState, command: AdjustStock): AdjustedPositions | CorrectionFault {
  const { lots } = state.detail ?? {};
  const { lotId, binId } = command;
  if (lotId === undefined && binId === undefined)
    return lots === undefined || command.orderId !== undefined || command.isFact === true ? NO_POSITIONS : loose(state, command);
  const lot = lotId === undefined || lots === undefined ? undefined : findLot(lots, lotId);
  if (lotId !== undefined && lot === undefined) return refuse('unknown_lot', { lotId });
  return ofPosition(state, command, lot?.lotId ?? NONE);
}

function loose(state: SkuState, { locationId, delta, mayUncoverPromises }: AdjustStock): AdjustedPositions | CorrectionFault {
  const { lots } = state.detail ?? {};
  const isRequired = lots?.control === 'required';
  if (delta > 0) return isRequired ? refuse('lot_required', { quantity: delta }) : NO_POSITIONS;
  const unassigned = Math.max(0, unassignedUnits(state, locationId));
  const beyond = -delta - unassigned;
  if (beyond <= 0) return { ...NO_POSITIONS, takesHeld: isRequired };
  const inBins = lotUnitsAt(lots, locationId, NONE).units;
  const hasLots = (lots?.locations.get(locationId)?.assigned ?? 0) > inBins;
  if (beyond > inBins && hasLots) return refuse('lot_required', { requested: -delta, withoutLot: unassigned + inBins });
  if (beyond > inBins && isRequired && mayUncoverPromises !== true) return shortAt(locationId, -delta, unassigned + inBins);
  return { ...NO_POSITIONS, positions: takenFrom(lots, { locationId }, beyond), takesHeld: isRequired };
}

function ofPosition(
  state: SkuState,
  { locationId, binId, delta, mustBeExpired, sellable }: AdjustStock,
  lotId: string,
): AdjustedPositions | CorrectionFault {
  const detail = detailIn(state);
  const { lots } = detail;
  const isExpired = lots?.lots.get(lotId)?.expired.has(locationId) === true;
  if (mustBeExpired === true && !isExpired) return refuse('lot_not_expired', { lotId, locationId });
  if (delta > 0) {
    if (lacksLot(lots, lotId)) return refuse('lot_required', { quantity: delta });
    const positions = [{ ...positionChange(locationId, lotId, binId, delta), ...(sellable === undefined ? {} : { sellable }) }];
    const fault = boundsFault(lots, locationId, positions);
    return fault?.kind === 'refused' ? fault : { before: declarationsAt(lots, locationId, positions), positions, takesHeld: false };
  }
  const { units, bins } = lotUnitsAt(lots, locationId, lotId);
  const there = binId === undefined ? units : (bins.get(binId) ?? 0);
  if (there < -delta) {
    const figures = { ...(lotId === NONE ? {} : { lotId }), requested: -delta, available: there };
    return binId === undefined ? refuse('insufficient_lot_stock', figures) : refuse('insufficient_in_bin', { ...figures, binId });
  }
  const isClosed = binId !== undefined && lots?.locations.get(locationId)?.closedBins.has(binId) === true;
  const takesHeld = isClosed || lacksLot(lots, lotId) || (lotId !== NONE && lotBlock(detail, locationId, lotId) !== undefined);
  return { before: [], positions: takenFrom(lots, { locationId, lotId, binId }, -delta), takesHeld };
}
