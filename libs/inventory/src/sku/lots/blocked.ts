import { isBlockedByHold, lotQuantityHeld } from '../holds/hold-sums.js';
import type { HoldSums, StockDetail } from '../holds/state.js';
import type { LotDeclared } from './events.js';
import { lotUnitsAt, NONE } from './positions.js';
import type { LocationPositions, Lot, LotStock, LotUnits } from './state.js';

/** What keeps units from leaving. */
export type KeptBack = Pick<StockDetail, 'sums' | 'lots'>;

/** Why no unit of the lot may leave the location; undefined where some may. */
export function lotBlock({ lots, sums }: KeptBack, locationId: string, lotId: string): 'lot_expired' | 'lot_held' | undefined {
  if (isBlockedByHold(sums, locationId, lotId)) return 'lot_held';
  return lots?.lots.get(lotId)?.expired.has(locationId) === true ? 'lot_expired' : undefined;
}

/** Whether the lot is past its date at the location. Where it has no units, that is not recorded before some come. */
export const isExpiredBy = ({ expired, expiresAt }: Lot, locationId: string, at: number): boolean =>
  expired.has(locationId) || (expiresAt.get(locationId) ?? Number.POSITIVE_INFINITY) <= at;

/** Why no unit of the lot could leave the location once some come there. @param declared what becomes known of lots with them */
export function blockOnArrival(
  detail: KeptBack,
  { locationId, lotId, at }: { readonly locationId: string; readonly lotId: string; readonly at: number },
  declared: readonly LotDeclared[],
): 'lot_expired' | 'lot_held' | undefined {
  const lot = detail.lots?.lots.get(lotId);
  const instants = declared.flatMap((each) => (each.lotId === lotId ? each.expiresAt : []));
  const isDue =
    (lot !== undefined && isExpiredBy(lot, locationId, at)) ||
    instants.some((instant) => instant.locationId === locationId && instant.expiresAt <= at);
  return lotBlock(detail, locationId, lotId) ?? (isDue ? 'lot_expired' : undefined);
}

/** Whether a hold of this location alone keeps all units of the lot. */
export const isBlockedHere = (sums: HoldSums, locationId: string, lotId: string): boolean =>
  sums.whole.has(locationId) || sums.lots.get(lotId)?.whole.has(locationId) === true;

/** Units of the lot in bins whose units may leave. */
export function inOpenBins({ units, bins }: LotUnits, { closedBins }: Pick<LocationPositions, 'closedBins'>): number {
  let open = units;
  for (const binId of closedBins) open -= bins.get(binId) ?? 0;
  return open;
}

/** Whether the units may not leave because they have no lot and must have one. */
export const lacksLot = (lots: Pick<LotStock, 'control'> | undefined, lotId: string): boolean =>
  lotId === NONE && lots?.control === 'required';

/** Units of the lot at the location that may leave, as far as the lot and its bins say. */
export function sellableOfLot(detail: KeptBack, locationId: string, lotId: string): number {
  const location = detail.lots?.locations.get(locationId);
  if (location === undefined || lacksLot(detail.lots, lotId) || lotBlock(detail, locationId, lotId) !== undefined) return 0;
  const open = inOpenBins(lotUnitsAt(detail.lots, locationId, lotId), location);
  return Math.max(0, open - lotQuantityHeld(detail.sums, locationId, lotId));
}

/** Units in positions of the location that may not leave, and of these and the holds of a number of a lot's units, the latter. */
export function heldInPositions(detail: KeptBack, locationId: string): { readonly scope: number; readonly ofLots: number } {
  const location = detail.lots?.locations.get(locationId);
  let [scope, ofLots] = [0, 0];
  if (location === undefined) return { scope, ofLots };
  if (lacksLot(detail.lots, NONE)) scope += lotUnitsAt(detail.lots, locationId, NONE).units;
  for (const lotId of location.closedBins.size > 0 ? location.lots.keys() : inDoubt(detail)) {
    const there = location.lots.get(lotId);
    if (there === undefined || lacksLot(detail.lots, lotId)) continue;
    if (lotId !== NONE && lotBlock(detail, locationId, lotId) !== undefined) {
      scope += there.units;
      continue;
    }
    const open = location.closedBins.size === 0 ? there.units : inOpenBins(there, location);
    scope += there.units - open;
    if (lotId !== NONE) ofLots += Math.min(open, lotQuantityHeld(detail.sums, locationId, lotId));
  }
  return { scope, ofLots };
}

/** The few lots of which some units may not leave: those that are expired somewhere, and those with holds. */
const inDoubt = ({ lots, sums }: KeptBack): Iterable<string> =>
  sums.lots.size === 0 ? (lots?.expiredLots ?? []) : new Set([...(lots?.expiredLots ?? []), ...sums.lots.keys()]);
