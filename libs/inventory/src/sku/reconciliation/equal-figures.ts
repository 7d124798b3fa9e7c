import { balanceChanges } from '../event-table.js';
import type { SkuEvent } from '../events.js';
import type { Take } from '../stock-place.js';

/**
 * From when on a figure that is equal to the last one of its location would come to something else, because of one event:
 * - `contains`: once its as-of time has reached `time`, it contains a movement that on hand counts beside the last figure;
 * - `presumes`: the same, once the posting lag has passed since `time`; where the connection has no lag, never.
 */
export interface Reappraisal {
  readonly locationId: string;
  readonly when: 'contains' | 'presumes';
  readonly time: number;
}

/**
 * What an event means for equal figures, see decision 1: on hand = last figure + movements that it does not contain. An equal figure that
 * contains none of them comes to the same on hand, so it need not be reported. In doubt it is: an event may be named that changes nothing.
 * @param at when the event happened @param isOwn whether a level is one of those that the caller reports itself
 */
export function reappraisals(
  event: SkuEvent,
  at: number,
  isOwn: (level: { readonly messageId: string }) => boolean,
): readonly Reappraisal[] {
  switch (event.type) {
    case 'StockReceived':
      return [contains(event.locationId, event.effectiveAt), ...presumes([event.locationId], at)];
    case 'StockIssued':
      return [contains(event.locationId, event.effectiveAt), ...event.reassigned.map(({ locationId }) => contains(locationId, at))];
    case 'StockAdjusted':
      return [contains(event.locationId, event.effectiveAt), ...presumes([event.locationId], at)];
    case 'LevelReported':
      return isOwn(event) ? [] : [contains(event.locationId, event.asOf)];
    case 'LevelRefused':
      return isOwn(event) ? [contains(event.locationId, event.lastAsOf + 1)] : [];
    case 'ReservationCommitted':
      return presumes(locationsOf(event.takes), at);
    case 'StockMoved':
    case 'TransferShipped':
    case 'TransferReceived':
    case 'TransferReturned':
      return presumes(moved(event), at);
    default:
      return moved(event).map((locationId) => contains(locationId, at));
  }
}

const contains = (locationId: string, time: number): Reappraisal => ({ locationId, when: 'contains', time });
const presumes = (locations: readonly string[], time: number): readonly Reappraisal[] =>
  locations.map((locationId) => ({ locationId, when: 'presumes', time }));
const locationsOf = (takes: readonly Take[]): readonly string[] => [...new Set(takes.map(({ locationId }) => locationId))];
const moved = (event: SkuEvent): readonly string[] => [
  ...new Set(balanceChanges(event).flatMap(({ place, onHand }) => (onHand === 0 ? [] : [place.locationId]))),
];

/** What is known of the last figure that was reported. */
export interface ReportedFigure {
  readonly figure: number;
  readonly asOf: number;
}

/**
 * Whether a figure must be reported.
 * @param due of the reappraisals since the last report: the as-of time from which on each counts
 */
export function mustReport(last: ReportedFigure | undefined, read: ReportedFigure, due: readonly number[]): boolean {
  return last === undefined || last.figure !== read.figure || due.some((time) => time <= read.asOf);
}
