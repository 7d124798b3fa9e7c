import { isToldLate, type PastEvent } from './netting.js';

/** What sales that were made before a count, and told of after it, change of the units that may be on the shelf or off it. */
export interface LateSales {
  /** Of the units that were reserved at the time of the count, those that were sold by then. */
  readonly reservedUnits: number;
  /** Units sold within the pick window before the count that no ERP has issued since. */
  readonly unpickedUnits: number;
}

/** @param since events that were decided after the count, oldest first */
export function lateSales(since: readonly PastEvent[], locationId: string, countedAt: number, pickWindowMs: number): LateSales {
  const placedLater = new Set<string>();
  const unpicked = new Map<string, number>();
  let reservedUnits = 0;
  for (const { event, at } of since) {
    if (event.type === 'ReservationPlaced') placedLater.add(event.reservationId);
    if (event.type === 'StockIssued' && event.locationId === locationId && event.orderId !== undefined) {
      const sold = unpicked.get(event.orderId);
      if (sold !== undefined) unpicked.set(event.orderId, Math.max(0, sold - event.acknowledgedUnits));
    }
    if (event.type !== 'ReservationCommitted' || !isToldLate(event, at, countedAt)) continue;
    const units = unitsThere(event.takes, locationId);
    if (!placedLater.has(event.reservationId)) reservedUnits += units;
    if ((event.soldAt ?? at) <= countedAt - pickWindowMs) continue;
    unpicked.set(event.orderId, (unpicked.get(event.orderId) ?? 0) + units - unitsThere(event.alreadyIssued, locationId));
  }
  return { reservedUnits, unpickedUnits: [...unpicked.values()].reduce((sum, units) => sum + units, 0) };
}

const unitsThere = (takes: readonly { readonly locationId: string; readonly quantity: number }[], locationId: string): number =>
  takes.reduce((sum, take) => (take.locationId === locationId ? sum + take.quantity : sum), 0);
