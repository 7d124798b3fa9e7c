import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import { EMPTIED_LOTS_KEPT } from '../limits.js';
import type { SkuState } from '../state.js';
import type { PositionChange } from './events.js';
import type { LocationPositions, Lot, LotStock, LotUnits } from './state.js';

export const noLots = (): LotStock => ({
  control: 'none',
  lots: new Map(),
  expiredLots: new Set(),
  emptied: new Set(),
  formerIds: new Map(),
  locations: new Map(),
  positionCount: 0,
  nextExpiryAt: Number.POSITIVE_INFINITY,
});

/** Units in a bin and without a lot have this key among the lots of a location, and units in no bin among the bins of a lot. */
export const NONE = '';

const NO_UNITS: LotUnits = { units: 0, bins: new Map() };

/** The lot with this id, or the one that had it before it was renamed. */
export function findLot({ lots, formerIds }: LotStock, lotId: string): Lot | undefined {
  return lots.get(lotId) ?? lots.get(formerIds.get(lotId) ?? NONE);
}

export const lotUnitsAt = (lots: LotStock | undefined, locationId: string, lotId: string): LotUnits =>
  lots?.locations.get(locationId)?.lots.get(lotId) ?? NO_UNITS;

/** Units of the bin, of one lot or without any. */
export const unitsInBin = (lots: LotStock | undefined, locationId: string, lotId = NONE, binId = NONE): number =>
  lotUnitsAt(lots, locationId, lotId).bins.get(binId) ?? 0;

/** Units at the location that are in no position; below 0 where the positions have more than is on hand. */
export const unassignedUnits = ({ balances, detail }: Pick<SkuState, 'balances' | 'detail'>, locationId: string): number =>
  (balances.get(locationId)?.onHand ?? 0) - (detail?.lots?.locations.get(locationId)?.assigned ?? 0);

/** Positive units without a lot, in bins or in none, of every location of the owner, by location. */
export const withoutLotAnywhere = (state: SkuState): readonly (readonly [string, number])[] =>
  [...state.balances.keys()]
    .filter((locationId) => !isKeptByChannel(locationId))
    .map((locationId) => {
      const inBins = lotUnitsAt(state.detail?.lots, locationId, NONE).units;
      return [locationId, Math.max(0, unassignedUnits(state, locationId)) + inBins] as const;
    })
    .filter(([, units]) => units > 0);

function locationOf({ locations }: LotStock, locationId: string): LocationPositions {
  const known = locations.get(locationId);
  if (known !== undefined) return known;
  const fresh: LocationPositions = { assigned: 0, lots: new Map(), closedBins: new Set() };
  locations.set(locationId, fresh);
  return fresh;
}

/** Lots that open holds name. */
export type HeldLots = Pick<ReadonlyMap<string, unknown>, 'has'>;

/** Applies changes of positions in place. Unassigned units are not stored. */
export function changePositions(lots: LotStock, changes: readonly PositionChange[], held: HeldLots): void {
  for (const change of changes) {
    const { locationId, lotId = NONE, binId = NONE, delta } = change;
    if (lotId === NONE && binId === NONE) continue;
    changePosition(lots, change);
    if (lotId !== NONE) changeLotUnits(lots, lotId, delta, held);
    noteExpiry(lots, lotId, locationId, lotUnitsAt(lots, locationId, lotId).units);
  }
}

/** Applies changes to positions alone, not to what is known of their lots. */
export function changeOnlyPositions(lots: LotStock, changes: readonly PositionChange[]): void {
  for (const change of changes) if (change.lotId !== undefined || change.binId !== undefined) changePosition(lots, change);
}

function changePosition(lots: LotStock, { locationId, lotId = NONE, binId = NONE, delta, sellable }: PositionChange): void {
  const location = locationOf(lots, locationId);
  if (sellable === true) location.closedBins.delete(binId);
  if (sellable === false) location.closedBins.add(binId);
  const before = location.lots.get(lotId) ?? NO_UNITS;
  const inBin = (before.bins.get(binId) ?? 0) + delta;
  lots.positionCount += Number(inBin !== 0) - Number(before.bins.has(binId));
  location.assigned += delta;
  const units = before.units + delta;
  const bins = new Map(before.bins);
  if (inBin === 0) bins.delete(binId);
  else bins.set(binId, inBin);
  if (bins.size === 0) location.lots.delete(lotId);
  else location.lots.set(lotId, { units, bins });
}

/** Whether units in the bin may leave afterwards that may not now, or the reverse. */
export const changesSale = (lots: LotStock | undefined, { locationId, binId = NONE, sellable }: Omit<PositionChange, 'delta'>): boolean =>
  sellable !== undefined && (lots?.locations.get(locationId)?.closedBins.has(binId) === true) === sellable;

/** Changes the sum of a lot's units. A lot without any is forgotten after the latest emptied ones. */
export function changeLotUnits(lots: LotStock, lotId: string, delta: number, held: HeldLots): void {
  const lot = lots.lots.get(lotId);
  if (lot === undefined || delta === 0) return;
  const units = lot.units + delta;
  lots.lots.set(lotId, { ...lot, units });
  lots.emptied.delete(lotId);
  if (units === 0) noteEmpty(lots, lotId, held);
}

/** Notes that the lot is empty. Lots on hold are not forgotten: what comes back of them is held. */
export function noteEmpty({ lots, emptied, expiredLots, formerIds }: LotStock, lotId: string, held: HeldLots): void {
  emptied.add(lotId);
  for (const oldest of emptied) {
    if (emptied.size <= EMPTIED_LOTS_KEPT) return;
    if (oldest === lotId || held.has(oldest)) continue;
    emptied.delete(oldest);
    expiredLots.delete(oldest);
    for (const former of lots.get(oldest)?.formerLotIds ?? []) formerIds.delete(former);
    lots.delete(oldest);
  }
}

/** Keeps the soonest instant at which units become expired. */
function noteExpiry(lots: LotStock, lotId: string, locationId: string, units: number): void {
  const lot = lots.lots.get(lotId);
  const instant = lot?.expiresAt.get(locationId);
  if (lot === undefined || instant === undefined || lot.expired.has(locationId)) return;
  if (units > 0) lots.nextExpiryAt = Math.min(lots.nextExpiryAt, instant);
  else if (instant === lots.nextExpiryAt) lots.nextExpiryAt = soonestExpiry(lots);
}

/** The soonest instant of units that are not recorded as expired; infinite for none. */
export function soonestExpiry({ lots, locations }: LotStock): number {
  let soonest = Number.POSITIVE_INFINITY;
  for (const [locationId, { lots: there }] of locations) {
    for (const lotId of there.keys()) {
      const lot = lots.get(lotId);
      if (lot !== undefined && !lot.expired.has(locationId)) soonest = Math.min(soonest, lot.expiresAt.get(locationId) ?? soonest);
    }
  }
  return soonest;
}

/** A copy whose positions may be changed at these locations; its lots, and what lies elsewhere, are shared. */
export function copyOfPositions(lots: LotStock, locationIds: Iterable<string>): LotStock {
  const locations = new Map(lots.locations);
  for (const locationId of locationIds) {
    const location = locations.get(locationId);
    if (location === undefined) continue;
    const { assigned, lots: there, closedBins } = location;
    locations.set(locationId, { assigned, lots: new Map(there), closedBins: new Set(closedBins) });
  }
  return { ...lots, locations };
}

/** A copy whose lots may be changed. */
export const copyOfLots = (lots: LotStock): LotStock => ({
  ...lots,
  lots: new Map(lots.lots),
  expiredLots: new Set(lots.expiredLots),
  emptied: new Set(lots.emptied),
  formerIds: new Map(lots.formerIds),
});

/** Takes units off a lot at a location, bins in order of id, then those in none. The caller knows that there are as many. */
export function takenFrom(
  lots: LotStock | undefined,
  {
    locationId,
    lotId = NONE,
    binId,
  }: { readonly locationId: string; readonly lotId?: string | undefined; readonly binId?: string | undefined },
  quantity: number,
): readonly PositionChange[] {
  const { bins } = lotUnitsAt(lots, locationId, lotId);
  const order = binId === undefined ? [...bins.keys()].sort(emptyLast) : [binId];
  let rest = quantity;
  const taken: PositionChange[] = [];
  for (const bin of order) {
    const units = Math.min(rest, bins.get(bin) ?? 0);
    if (units <= 0) continue;
    rest -= units;
    taken.push(positionChange(locationId, lotId, bin, -units));
  }
  return taken;
}

/** Bins by id, and units in no bin after them. */
export const emptyLast = (one: string, other: string): number => {
  if (one === NONE || other === NONE) return one === other ? 0 : one === NONE ? 1 : -1;
  return one < other ? -1 : 1;
};

/** A change of a position; empty ids are left out. */
export const positionChange = (
  locationId: string,
  lotId: string | undefined,
  binId: string | undefined,
  delta: number,
): PositionChange => ({
  locationId,
  ...(lotId === undefined || lotId === NONE ? {} : { lotId }),
  ...(binId === undefined || binId === NONE ? {} : { binId }),
  delta,
});
