import type { StockDetail } from '../holds/state.js';
import { lotQuantityHeld } from '../holds/hold-sums.js';
import { inOpenBins, lacksLot, lotBlock } from './blocked.js';
import type { PositionChange } from './events.js';
import { emptyLast, NONE, positionChange } from './positions.js';
import type { LotUnits } from './state.js';

interface Candidate {
  readonly lotId: string;
  readonly expiresAt: number;
  readonly declaredAt: number;
  readonly units: number;
}

/** Most sales need few lots: only so many are sorted first, and all only where these are not enough. */
const SOONEST = 8;

/** Lots by expiry, those without a date after them and units without a lot last; then by first receipt, then by id. */
function compare(one: Candidate, other: Candidate): number {
  if (one.lotId === NONE || other.lotId === NONE) return one.lotId === NONE ? 1 : -1;
  if (one.expiresAt !== other.expiresAt) return one.expiresAt < other.expiresAt ? -1 : 1;
  return one.declaredAt - other.declaredAt || (one.lotId < other.lotId ? -1 : 1);
}

/**
 * Chooses the positions that so many units leave, first expiry first. Units that may not leave are passed over.
 * @param taken units that the caller takes already, by lot
 * @returns decreases; what they do not reach is unassigned
 */
export function firstExpiring(
  detail: StockDetail,
  locationId: string,
  quantity: number,
  taken: ReadonlyMap<string, number> = new Map(),
): readonly PositionChange[] {
  const location = detail.lots?.locations.get(locationId);
  if (location === undefined || quantity <= 0) return [];
  const changes: PositionChange[] = [];
  let rest = quantity;
  for (const { lotId, units: there } of candidatesFor(detail, locationId, quantity, taken)) {
    if (rest === 0) break;
    const units = Math.min(rest, there);
    rest -= units;
    changes.push(...fromBins(location.lots.get(lotId), location.closedBins, locationId, lotId, units, taken.get(lotId) ?? 0));
  }
  return changes;
}

function candidatesFor(
  detail: StockDetail,
  locationId: string,
  quantity: number,
  taken: ReadonlyMap<string, number>,
): readonly Candidate[] {
  const soonest = candidatesAt(detail, locationId, taken, SOONEST);
  const isEnough = soonest.length < SOONEST || soonest.reduce((sum, { units }) => sum + units, 0) >= quantity;
  return isEnough ? soonest : candidatesAt(detail, locationId, taken, Number.POSITIVE_INFINITY).sort(compare);
}

/** Lots with units that may leave: so many that expire first, in order, or all in any order. */
function candidatesAt(
  { lots, sums, ...rest }: StockDetail,
  locationId: string,
  taken: ReadonlyMap<string, number>,
  most: number,
): Candidate[] {
  const location = lots?.locations.get(locationId);
  const candidates: Candidate[] = [];
  if (lots === undefined || location === undefined) return candidates;
  const detail = { lots, sums, ...rest };
  const isSimple = lots.expiredLots.size === 0 && sums.lots.size === 0 && sums.everywhere === 0 && sums.whole.size === 0;
  let latest = Number.POSITIVE_INFINITY;
  for (const [lotId, there] of location.lots) {
    const lot = lots.lots.get(lotId);
    const expiresAt = lot?.expiresAt.get(locationId) ?? Number.POSITIVE_INFINITY;
    if (expiresAt > latest) continue;
    if (lacksLot(lots, lotId)) continue;
    if (!isSimple && lotId !== NONE && lotBlock(detail, locationId, lotId) !== undefined) continue;
    const open = location.closedBins.size === 0 ? there.units : inOpenBins(there, location);
    const units = open - (isSimple ? 0 : lotQuantityHeld(sums, locationId, lotId)) - (taken.get(lotId) ?? 0);
    if (units <= 0) continue;
    const candidate = { lotId, expiresAt, declaredAt: lot?.declaredAt ?? 0, units };
    if (most === Number.POSITIVE_INFINITY) {
      candidates.push(candidate);
      continue;
    }
    insert(candidates, candidate);
    if (candidates.length > most) candidates.pop();
    if (candidates.length === most) latest = candidates.at(-1)?.expiresAt ?? latest;
  }
  return candidates;
}

function insert(sorted: Candidate[], candidate: Candidate): void {
  let index = sorted.length;
  for (let before = sorted[index - 1]; before !== undefined && compare(candidate, before) < 0; before = sorted[index - 1]) index -= 1;
  sorted.splice(index, 0, candidate);
}

/** Decreases of a lot in bins whose units may leave. @param skippedUnits units of it that are taken already, in the same order */
export const fromLot = (
  { lots }: StockDetail,
  locationId: string,
  lotId: string,
  quantity: number,
  skippedUnits = 0,
): readonly PositionChange[] => {
  const location = lots?.locations.get(locationId);
  return location === undefined ? [] : fromBins(location.lots.get(lotId), location.closedBins, locationId, lotId, quantity, skippedUnits);
};

function fromBins(
  there: LotUnits | undefined,
  closedBins: ReadonlySet<string>,
  locationId: string,
  lotId: string,
  quantity: number,
  skippedUnits: number,
): readonly PositionChange[] {
  const changes: PositionChange[] = [];
  let [rest, skipped] = [quantity, skippedUnits];
  for (const binId of [...(there?.bins.keys() ?? [])].sort(emptyLast)) {
    if (closedBins.has(binId)) continue;
    const inBin = there?.bins.get(binId) ?? 0;
    const units = Math.min(rest, Math.max(0, inBin - skipped));
    skipped = Math.max(0, skipped - inBin);
    if (units === 0) continue;
    rest -= units;
    changes.push(positionChange(locationId, lotId, binId, -units));
  }
  return changes;
}
