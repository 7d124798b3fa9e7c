import type { RecordedEvent } from '@holdfast/event-store';
import { STREAMS } from '@holdfast/contracts';
import { balanceChanges } from '@holdfast/inventory';
import { dayOf, useChanges } from '@holdfast/warehouse';

/** A day of a SKU at a location on which something happened. Quantities are units. */
export interface DayRow {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  /** Days since 1970 in the zone of the location. */
  readonly day: number;
  sold: number;
  returned: number;
  /** Most units on hand at any moment of the day, from its beginning on. */
  mostOnHand: number;
  closingOnHand: number;
}

/** What an event changes at one location on its day. */
export interface DayChange {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
  readonly day: number;
  readonly onHand: number;
  readonly sold: number;
  readonly returned: number;
}

export const dayKey = ({ tenant, sku, locationId }: Pick<DayRow, 'tenant' | 'sku' | 'locationId'>): string =>
  JSON.stringify([tenant, sku, locationId]);

/** Changes of on hand and use by an event of a SKU, one of each location. */
export function dayChanges(recorded: RecordedEvent): readonly DayChange[] {
  const event = STREAMS.stock.decode(recorded);
  const { tenant, at } = recorded.metadata;
  const base = { tenant, sku: STREAMS.stock.idOf(recorded), day: dayOf(at) };
  const used = useChanges(event);
  const changes = new Map<string, DayChange>();
  const add = (locationId: string, onHand: number, sold: number, returned: number): void => {
    const before = changes.get(locationId) ?? { ...base, locationId, onHand: 0, sold: 0, returned: 0 };
    changes.set(locationId, { ...before, onHand: before.onHand + onHand, sold: before.sold + sold, returned: before.returned + returned });
  };
  for (const { place, onHand } of balanceChanges(event)) if (onHand !== 0) add(place.locationId, onHand, 0, 0);
  for (const { locationId, sold, returned } of used) add(locationId, 0, sold, returned);
  return [...changes.values()];
}

/**
 * Rows after the changes, in their order.
 * @param latest the newest row of each location, by `dayKey`; it is replaced by the rows that follow
 */
export function foldDays(latest: Map<string, DayRow>, changes: readonly DayChange[]): readonly DayRow[] {
  const changed = new Set<DayRow>();
  for (const change of changes) {
    const key = dayKey(change);
    const row = rowOf(latest.get(key), change);
    row.closingOnHand += change.onHand;
    row.mostOnHand = Math.max(row.mostOnHand, row.closingOnHand);
    row.sold += change.sold;
    row.returned += change.returned;
    latest.set(key, row);
    changed.add(row);
  }
  return [...changed];
}

/** A clock that was put back adds to the newest day: days only grow. */
function rowOf(newest: DayRow | undefined, { tenant, sku, locationId, day }: DayChange): DayRow {
  if (newest !== undefined && day <= newest.day) return newest;
  const opening = newest?.closingOnHand ?? 0;
  return { tenant, sku, locationId, day, sold: 0, returned: 0, mostOnHand: opening, closingOnHand: opening };
}
