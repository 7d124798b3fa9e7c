import type { StockDetail } from '../holds/state.js';
import { lotQuantityHeld } from '../holds/held-units.js';
import { inOpenBins, lotBlock } from './blocked.js';
import type { PositionChange } from './events.js';
import { emptyLast, NONE, positionChange } from './positions.js';
import type { LotUnits } from './state.js';

interface Candidate {
  readonly lotId: string;
  readonly expiresAt: number;
  readonly declaredAt: number;
  readonly units: number;
}

/** Of this many lots the next to take is searched for; of more they are sorted once. */
const SEARCHED = 8;

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
  const candidates = candidatesAt(detail, locationId, taken);
  const changes: PositionChange[] = [];
  let rest = quantity;
  for (let picked = 0; rest > 0 && candidates.length > 0; picked += 1) {
    if (picked === SEARCHED) candidates.sort((one, other) => compare(other, one));
    const next = picked < SEARCHED ? takeFirst(candidates) : candidates.pop();
    if (next === undefined) break;
    const units = Math.min(rest, next.units);
    rest -= units;
    changes.push(
      ...fromBins(location.lots.get(next.lotId), location.closedBins, locationId, next.lotId, units, taken.get(next.lotId) ?? 0),
    );
  }
  return changes;
}

function candidatesAt({ lots, sums, ...rest }: StockDetail, locationId: string, taken: ReadonlyMap<string, number>): Candidate[] {
  const location = lots?.locations.get(locationId);
  const candidates: Candidate[] = [];
  if (lots === undefined || location === undefined) return candidates;
  const detail = { lots, sums, ...rest };
  for (const [lotId, there] of location.lots) {
    if (lotId !== NONE && lotBlock(detail, locationId, lotId) !== undefined) continue;
    const open = location.closedBins.size === 0 ? there.units : inOpenBins(there, location);
    const units = open - lotQuantityHeld(sums, locationId, lotId) - (taken.get(lotId) ?? 0);
    if (units <= 0) continue;
    const lot = lots.lots.get(lotId);
    candidates.push({
      lotId,
      expiresAt: lot?.expiresAt.get(locationId) ?? Number.POSITIVE_INFINITY,
      declaredAt: lot?.declaredAt ?? 0,
      units,
    });
  }
  return candidates;
}

function takeFirst(candidates: Candidate[]): Candidate | undefined {
  let [first] = candidates;
  if (first === undefined) return undefined;
  let index = 0;
  for (const [position, candidate] of candidates.entries()) {
    if (compare(candidate, first) < 0) [first, index] = [candidate, position];
  }
  const last = candidates.pop();
  if (last !== undefined && index < candidates.length) candidates[index] = last;
  return first;
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
