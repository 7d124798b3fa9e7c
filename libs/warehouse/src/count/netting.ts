import { balanceChanges, type ReservationCommitted, type SkuEvent } from '@holdfast/inventory';
import { isPart, positionChange, type CountedPlace } from './place.js';
import type { StaleCause } from './events.js';

/** An event of a SKU with the time at which it was decided, epoch milliseconds. */
export interface PastEvent {
  readonly event: SkuEvent;
  readonly at: number;
}

/** The recorded stock as of the time of a count, after what became known later. */
export interface NettedBook {
  readonly units: number;
  readonly staleBy?: StaleCause;
}

/**
 * What was recorded as of the time of a count, from what was known of that time and the events that came after. Facts of before belong to
 * it, whenever they came; what moved later does not. A later figure of an ERP that changed on hand says nothing about that time, and a later
 * count replaces this one: then the count is stale.
 */
export function netBook(units: number, events: readonly PastEvent[], counted: CountedPlace, countedAt: number): NettedBook {
  let book = units;
  let place = counted;
  let staleBy: StaleCause | undefined;
  const { locationId } = counted;
  const soldLater = new Map<string, number>();
  const toldLate = new Set<string>();
  for (const { event, at } of events) {
    if (event.type === 'LotRenamed' && event.lotId === place.lotId) place = { ...place, lotId: event.toLotId };
    const change = countedChange(event, place);
    if (event.type === 'ReservationCommitted' && isToldLate(event, at, countedAt)) toldLate.add(event.commitId);
    const isUndone = event.type === 'ReservationCommitReversed' && toldLate.has(event.commitId);
    if (isUndone || timeOf(event, at) <= countedAt) book += change - issuedEarlier(event, locationId, countedAt, soldLater);
    else staleBy ??= staleCause(event, place, change);
    if (event.type === 'ReservationCommitted' && timeOf(event, at) > countedAt) {
      soldLater.set(event.orderId, (soldLater.get(event.orderId) ?? 0) - change);
    }
  }
  return staleBy === undefined ? { units: book } : { units: book, staleBy };
}

/**
 * Units of an order that was committed after the count and whose issue an ERP posted at a time before it: they had left, though on hand had
 * them. Each is taken from `soldLater`, the units by order that were committed after the count.
 */
function issuedEarlier(event: SkuEvent, locationId: string, countedAt: number, soldLater: Map<string, number>): number {
  if (event.type !== 'StockIssued' || event.orderId === undefined) return 0;
  if (event.locationId !== locationId || event.effectiveAt > countedAt) return 0;
  const later = soldLater.get(event.orderId) ?? 0;
  const units = Math.min(later, event.acknowledgedUnits);
  soldLater.set(event.orderId, later - units);
  return units;
}

/** A figure of an ERP is about no lot or bin, so it makes no count of one stale; another figure of it does. */
function staleCause(event: SkuEvent, place: CountedPlace, change: number): StaleCause | undefined {
  if (event.type === 'LevelReported') return change === 0 ? undefined : 'level';
  if (event.type !== 'StockAdjusted' || event.locationId !== place.locationId) return undefined;
  if (event.counted !== undefined) return 'count';
  return isPart(place) && event.recorded !== undefined && change !== 0 ? 'count' : undefined;
}

/** Whether the sale was made before the count and told of after it. */
export const isToldLate = (event: ReservationCommitted, at: number, countedAt: number): boolean =>
  at > countedAt && timeOf(event, at) <= countedAt;

/** Units by which the event changed what is counted. */
export const countedChange = (event: SkuEvent, place: CountedPlace): number =>
  isPart(place) ? positionChange(event, place) : onHandChange(event, place.locationId);

/** When the units moved. A sale that does not say when it was made moved them when it was decided. */
export function timeOf(event: SkuEvent, at: number): number {
  if ('effectiveAt' in event) return Math.min(event.effectiveAt, at);
  if (event.type === 'ReservationCommitted') return Math.min(event.soldAt ?? at, at);
  return event.type === 'LevelReported' ? Math.min(event.asOf, at) : at;
}

/** Units by which the event changed on hand at the location. */
export function onHandChange(event: SkuEvent, locationId: string): number {
  let units = 0;
  for (const { place, onHand } of balanceChanges(event)) if (place.locationId === locationId) units += onHand;
  return units;
}

/** Units by which the event changed what is reserved at the location. */
export function reservedChange(event: SkuEvent, locationId: string): number {
  let units = 0;
  for (const { place, reserved } of balanceChanges(event)) if (place.locationId === locationId) units += reserved;
  return units;
}
