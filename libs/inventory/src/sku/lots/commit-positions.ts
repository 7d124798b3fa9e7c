import { refuse } from '../../decision.js';
import type { StockDetail } from '../holds/state.js';
import type { SkuState } from '../state.js';
import type { Take } from '../stock-place.js';
import { unitsAt } from '../takes.js';
import { lotBlock, sellableOfLot } from './blocked.js';
import type { PositionUnits } from './commands.js';
import type { CorrectionFault } from './correction.js';
import type { LotDeclared, PositionChange } from './events.js';
import { firstExpiring, fromLot } from './fefo.js';
import { findLot } from './positions.js';

export interface CommittedPositions {
  readonly positions: readonly PositionChange[];
  readonly fefoOverridden: boolean;
}

const NO_POSITIONS: CommittedPositions = { positions: [], fefoOverridden: false };

/**
 * Chooses the lots of units that are sold: those that are named, then those that expire first. What the lots do not have comes from unassigned
 * units. Units that an ERP issued before are off on hand already.
 */
export function committedPositions(
  { detail }: SkuState,
  takes: readonly Take[],
  alreadyIssued: readonly Take[],
  named: readonly PositionUnits[] | undefined,
): CommittedPositions | CorrectionFault {
  if (detail?.lots === undefined) return named === undefined ? NO_POSITIONS : unknownLot(named);
  const leaving = leavingUnits(takes, alreadyIssued);
  const first = [...leaving].flatMap(([locationId, units]) => firstExpiring(detail, locationId, units));
  if (named === undefined || named.length === 0) return { positions: first, fefoOverridden: false };
  const chosen = namedPositions(detail, leaving, named);
  if ('kind' in chosen) return chosen;
  const positions = [...leaving].flatMap(([locationId, units]) => {
    const ofNamed = chosen.filter((change) => change.locationId === locationId);
    const taken = new Map<string, number>();
    for (const { lotId = '', delta } of ofNamed) taken.set(lotId, (taken.get(lotId) ?? 0) - delta);
    const rest = units - [...taken.values()].reduce((sum, each) => sum + each, 0);
    return [...ofNamed, ...firstExpiring(detail, locationId, rest, taken)];
  });
  return { positions, fefoOverridden: byLot(positions) !== byLot(first) };
}

const unknownLot = (named: readonly PositionUnits[]): CommittedPositions | CorrectionFault => {
  const lotId = named.find((each) => each.lotId !== undefined)?.lotId;
  return lotId === undefined ? NO_POSITIONS : refuse('unknown_lot', { lotId });
};

function leavingUnits(takes: readonly Take[], alreadyIssued: readonly Take[]): ReadonlyMap<string, number> {
  const leaving = new Map<string, number>();
  for (const take of takes) {
    const units = take.quantity - unitsAt(alreadyIssued, take);
    if (units > 0) leaving.set(take.locationId, (leaving.get(take.locationId) ?? 0) + units);
  }
  return leaving;
}

/** The changes of the lots that are named, at the locations that the units leave. */
function namedPositions(
  detail: StockDetail,
  leaving: ReadonlyMap<string, number>,
  named: readonly PositionUnits[],
): readonly PositionChange[] | CorrectionFault {
  const left = new Map(leaving);
  const taken = new Map<string, number>();
  const changes: PositionChange[] = [];
  for (const { lotId: asked, quantity } of named) {
    const lotId = asked === undefined ? undefined : detail.lots && findLot(detail.lots, asked)?.lotId;
    if (asked === undefined) continue;
    if (lotId === undefined) return refuse('unknown_lot', { lotId: asked });
    let rest = quantity;
    let available = 0;
    for (const [locationId, open] of left) {
      const key = `${locationId} ${lotId}`;
      const already = taken.get(key) ?? 0;
      const sellable = sellableOfLot(detail, locationId, lotId) - already;
      available += sellable;
      const units = Math.min(rest, open, sellable);
      if (units <= 0) continue;
      rest -= units;
      left.set(locationId, open - units);
      taken.set(key, already + units);
      changes.push(...fromLot(detail, locationId, lotId, units, already));
    }
    if (rest > 0) return shortOfLot(detail, leaving, { lotId, quantity }, available);
  }
  return changes;
}

function shortOfLot(
  detail: StockDetail,
  leaving: ReadonlyMap<string, number>,
  { lotId, quantity }: { readonly lotId: string; readonly quantity: number },
  available: number,
): CorrectionFault {
  if (available >= quantity) {
    return refuse('positions_differ', {
      lotId,
      quantity: [...leaving.values()].reduce((sum, units) => sum + units, 0),
      positions: quantity,
    });
  }
  const blocks = [...leaving.keys()].map((locationId) => lotBlock(detail, locationId, lotId));
  const [block] = blocks.filter((each) => each !== undefined);
  return refuse(block ?? 'insufficient_lot_stock', { lotId, requested: quantity, available });
}

/** Units by location and lot, to compare two choices. */
function byLot(changes: readonly PositionChange[]): string {
  const units = new Map<string, number>();
  for (const { locationId, lotId = '', delta } of changes) {
    const key = `${locationId} ${lotId}`;
    units.set(key, (units.get(key) ?? 0) + delta);
  }
  return JSON.stringify([...units].sort());
}

/** The lots of a commit that come back, as far as its units do. */
export function restoredPositions(
  { detail }: SkuState,
  committed: readonly PositionChange[],
  restored: readonly Take[],
): readonly PositionChange[] {
  const lots = detail?.lots;
  const changes: PositionChange[] = [];
  for (const { locationId, quantity } of lots === undefined ? [] : restored) {
    let rest = quantity;
    for (const change of committed) {
      if (change.locationId !== locationId || rest === 0) continue;
      const { lotId } = change;
      const lot = lotId === undefined || lots === undefined ? undefined : findLot(lots, lotId);
      const units = Math.min(rest, -change.delta);
      rest -= units;
      changes.push({ ...change, ...(lot === undefined ? {} : { lotId: lot.lotId }), delta: units });
    }
  }
  return changes;
}

/**
 * Makes lots known again of which units come back after they were forgotten. Their dates are not known any more, so they count as expired
 * from now on, until a person says the date.
 */
export function declaredAgain({ detail }: SkuState, positions: readonly PositionChange[], at: number): readonly LotDeclared[] {
  const forgotten = new Map<string, Set<string>>();
  for (const { lotId, locationId, delta } of positions) {
    if (lotId === undefined || delta < 0 || (detail?.lots !== undefined && findLot(detail.lots, lotId) !== undefined)) continue;
    forgotten.set(lotId, (forgotten.get(lotId) ?? new Set()).add(locationId));
  }
  return [...forgotten].map(([lotId, places]) => ({
    type: 'LotDeclared',
    lotId,
    expiresAt: [...places].map((locationId) => ({ locationId, expiresAt: at })),
  }));
}
