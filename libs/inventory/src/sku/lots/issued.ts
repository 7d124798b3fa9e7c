import type { IssueStock } from '../reconciliation/commands.js';
import type { StockIssued } from '../reconciliation/events.js';
import type { Commit, EndedReservation, OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import type { PositionChange } from './events.js';
import { findLot, lotUnitsAt, positionChange, takenFrom } from './positions.js';

/**
 * The positions that an ERP's issue of a lot changes. Where it acknowledges a commit of another lot, the lots are exchanged: on hand stays.
 * What matched no commit lowers its lot, as far as it has units; the rest is unassigned. It is a fact and is never refused.
 */
export function issuedPositions(
  state: SkuState,
  { lotId: named, locationId, orderId }: IssueStock,
  { acknowledgedUnits, delta }: Pick<StockIssued, 'acknowledgedUnits' | 'delta'>,
): readonly PositionChange[] {
  const lots = state.detail?.lots;
  const lot = named === undefined || lots === undefined ? undefined : findLot(lots, named);
  if (lot === undefined) return [];
  const { lotId } = lot;
  const there = lotUnitsAt(lots, locationId, lotId).units;
  const lowered = Math.min(there, Math.max(0, -delta));
  const commit = orderId === undefined ? undefined : commitOfOtherLots(state, orderId, locationId, lotId);
  const exchanged = Math.min(there - lowered, acknowledgedUnits, commit === undefined ? 0 : unitsOfOthers(commit, locationId, lotId));
  const restored: PositionChange[] = [];
  let rest = exchanged;
  for (const change of commit?.positions ?? []) {
    if (change.locationId !== locationId || change.lotId === lotId || rest === 0) continue;
    const units = Math.min(rest, -change.delta);
    rest -= units;
    const former = change.lotId === undefined || lots === undefined ? undefined : findLot(lots, change.lotId);
    restored.push(positionChange(locationId, former?.lotId ?? change.lotId, change.binId, units));
  }
  return [...takenFrom(lots, { locationId, lotId }, lowered + exchanged), ...restored];
}

const reservationOf = ({ orders, reservations, ended }: SkuState, orderId: string): OpenReservation | EndedReservation | undefined => {
  const reservationId = orders.get(orderId) ?? '';
  return reservations.get(reservationId) ?? ended.get(reservationId);
};

const unitsOfOthers = ({ positions = [] }: Commit, locationId: string, lotId: string): number =>
  positions.reduce(
    (units, each) => (each.locationId === locationId && each.lotId !== lotId && each.delta < 0 ? units - each.delta : units),
    0,
  );

const commitOfOtherLots = (state: SkuState, orderId: string, locationId: string, lotId: string): Commit | undefined =>
  reservationOf(state, orderId)?.commits.find((commit) => !commit.reversed && unitsOfOthers(commit, locationId, lotId) > 0);

/** Corrects what the order's commit is remembered to have taken, so that a reversal gives back the lots that were issued. */
export function exchangeLots(state: SkuState, { orderId, lotId: named, locationId, positions }: StockIssued): void {
  if (orderId === undefined || named === undefined || positions === undefined) return;
  const lotId = issuedLot(named, positions);
  const reservation = reservationOf(state, orderId);
  const corrected = commitOfOtherLots(state, orderId, locationId, lotId);
  if (reservation === undefined || corrected === undefined || !positions.some(({ delta }) => delta > 0)) return;
  const taken = exchangedLots(corrected.positions ?? [], { locationId, lotId, positions });
  reservation.commits = reservation.commits.map((commit) => (commit === corrected ? { ...commit, positions: taken } : commit));
}

/** What a commit took, after an ERP's issue of another lot. @param issued with the lots that it gave back */
export function exchangedLots(
  taken: readonly PositionChange[],
  { locationId, lotId, positions }: { readonly locationId: string; readonly lotId: string; readonly positions: readonly PositionChange[] },
): readonly PositionChange[] {
  const restored = positions.filter(({ delta }) => delta > 0);
  const units = restored.reduce((sum, { delta }) => sum + delta, 0);
  return summed([...taken, ...restored, positionChange(locationId, issuedLot(lotId, positions), undefined, -units)]);
}

/** The id of the issued lot at that time; the ERP may know it under a former one. */
const issuedLot = (named: string, positions: readonly PositionChange[]): string => positions.find(({ delta }) => delta < 0)?.lotId ?? named;

/** One change for each position; those that are 0 are left out. */
function summed(changes: readonly PositionChange[]): readonly PositionChange[] {
  const sums = new Map<string, PositionChange>();
  for (const change of changes) {
    const key = JSON.stringify([change.locationId, change.lotId, change.binId]);
    sums.set(key, { ...change, delta: (sums.get(key)?.delta ?? 0) + change.delta });
  }
  return [...sums.values()].filter(({ delta }) => delta !== 0);
}
