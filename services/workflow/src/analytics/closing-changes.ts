import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { balanceChanges, type SkuEvent } from '@holdfast/inventory';
import { dayOf, useChanges, type ClosingChange } from '@holdfast/warehouse';

/** Types of events that change a closing row, or what it is worth. */
export const CLOSING_TYPES = [
  'ProductDescribed',
  'LevelReported',
  'StockReceived',
  'StockIssued',
  'StockAdjusted',
  'StockMoved',
  'TransferShipped',
  'TransferReceived',
  'TransferReturned',
  'TransferLost',
  'ReservationCommitted',
  'ReservationCommitReversed',
  'HoldPlaced',
  'HoldReleased',
  'LotControlSet',
  'LotExpiryChanged',
  'LotExpired',
  'PositionsCorrected',
] as const satisfies readonly SkuEvent['type'][];

/** What an event of a SKU says to its closing rows. */
export interface SkuChange {
  readonly tenant: string;
  readonly sku: string;
  readonly day: number;
  readonly unitCost?: number | undefined;
  readonly category?: string | undefined;
  readonly places: ReadonlyMap<string, ClosingChange>;
  /** Units left one place for another, and are no younger there. */
  readonly moved?: { readonly fromLocationId: string; readonly toLocationId: string };
}

export function skuChange(recorded: RecordedEvent): SkuChange {
  const event = STREAMS.stock.decode(recorded);
  const { tenant, at } = recorded.metadata;
  const day = dayOf(at);
  const places = placeChanges(event, day);
  const base = { tenant, sku: STREAMS.stock.idOf(recorded), day, places };
  switch (event.type) {
    case 'ProductDescribed':
      return { ...base, unitCost: event.costMinor, category: event.category };
    case 'StockMoved':
    case 'TransferShipped':
      return { ...base, moved: { fromLocationId: event.fromLocationId, toLocationId: event.toLocationId } };
    default:
      return base;
  }
}

function placeChanges(event: SkuEvent, day: number): ReadonlyMap<string, ClosingChange> {
  const places = new Map<string, ClosingChange>();
  const add = (locationId: string, { onHand = 0, held = 0, inTransit = 0, sold = 0, returned = 0 }: Partial<ClosingChange>): void => {
    const before = places.get(locationId) ?? { day, onHand: 0, held: 0, inTransit: 0, sold: 0, returned: 0 };
    places.set(locationId, {
      day,
      onHand: before.onHand + onHand,
      held: before.held + held,
      inTransit: before.inTransit + inTransit,
      sold: before.sold + sold,
      returned: before.returned + returned,
    });
  };
  for (const { place, onHand, held = 0, inTransit } of balanceChanges(event)) {
    if (onHand !== 0 || held !== 0 || inTransit !== 0) add(place.locationId, { onHand, held, inTransit });
  }
  for (const { locationId, sold, returned } of useChanges(event)) add(locationId, { sold, returned });
  return places;
}
