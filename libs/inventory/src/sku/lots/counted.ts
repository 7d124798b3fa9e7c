import type { ApplyCount } from '../counts/commands.js';
import type { SkuState } from '../state.js';
import type { CorrectionFault } from './correction.js';
import type { LotDeclared, PositionChange } from './events.js';
import { changesSale, findLot, NONE, positionChange, unassignedUnits, unitsInBin } from './positions.js';
import { declarations, positionsFault } from './received.js';
import { onHandChange } from './record-positions.js';

/** What a count does to positions and on hand. */
export interface CountedPositions {
  readonly before: readonly LotDeclared[];
  readonly positions: readonly PositionChange[];
  /** Change of on hand. */
  readonly delta: number;
  /** The count covers some positions of the location only. */
  readonly isPartial: boolean;
}

/**
 * The positions that a count changes. Units that are more than recorded meet unassigned units first: they may be the same goods. Units sold
 * since the count may have left a position meanwhile, which then becomes empty and no less.
 */
export function countedPositions(state: SkuState, command: ApplyCount): CountedPositions | CorrectionFault {
  const { locationId, delta, coversAll, positions: asked } = command;
  if (asked === undefined) return { before: [], positions: [], delta, isPartial: false };
  const found = asked.map(({ delta: units, ...position }) => ({ ...position, quantity: Math.max(0, units) }));
  const fault = positionsFault(state, locationId, found, { isFact: true, least: 0 });
  if (fault?.kind === 'refused') return fault;
  const lots = state.detail?.lots;
  const left = new Map<string, number>();
  const positions = asked.flatMap(({ lotId, binId, delta: units, sellable }): readonly PositionChange[] => {
    if (lotId === undefined && binId === undefined) return [];
    const known = lotId === undefined || lots === undefined ? lotId : (findLot(lots, lotId)?.lotId ?? lotId);
    // Two lines may be of one position: under the lot's former id and under its present one.
    const key = JSON.stringify([known, binId]);
    const there = left.get(key) ?? unitsInBin(lots, locationId, known, binId ?? NONE);
    const change = Math.max(units, -there);
    left.set(key, there + change);
    if (
      change === 0 &&
      !changesSale(lots, { locationId, ...(binId === undefined ? {} : { binId }), ...(sellable === undefined ? {} : { sellable }) })
    )
      return [];
    return [{ ...positionChange(locationId, known, binId, change), ...(sellable === undefined ? {} : { sellable }) }];
  });
  const before = declarations(
    lots,
    locationId,
    found.filter(({ quantity }) => quantity > 0),
  );
  if (coversAll === true) return { before, positions, delta, isPartial: false };
  return { before, positions, delta: onHandChange(delta, unassignedUnits(state, locationId)), isPartial: true };
}
