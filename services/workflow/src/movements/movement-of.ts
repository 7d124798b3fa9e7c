import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import { balanceChanges, type SkuEvent } from '@holdfast/inventory';

/** What one event did at one location. Quantities are differences in units. */
export interface Movement {
  readonly tenant: string;
  readonly sku: string;
  readonly revision: number;
  readonly locationId: string;
  /** Type of the event. */
  readonly event: SkuEvent['type'];
  /** Epoch milliseconds at which it was recorded. */
  readonly at: number;
  onHand: number;
  held: number;
  inTransit: number;
  /** The order, document, transfer, hold or ERP connection that the event names. */
  readonly reference: string | undefined;
  readonly reasonCode: string | undefined;
}

/** Movements of an event, one a location; none where nothing but reservations changed. */
export function movementsOf(recorded: RecordedEvent, event: SkuEvent): readonly Movement[] {
  const { tenant, at } = recorded.metadata;
  const base = {
    ...{ tenant, sku: STREAMS.stock.idOf(recorded), revision: recorded.revision, event: event.type, at },
    ...{ reference: referenceOf(event), reasonCode: 'reasonCode' in event ? event.reasonCode : undefined },
  };
  const byLocation = new Map<string, Movement>();
  for (const { place, onHand, held = 0, inTransit } of balanceChanges(event)) {
    const movement = byLocation.get(place.locationId) ?? { ...base, locationId: place.locationId, onHand: 0, held: 0, inTransit: 0 };
    movement.onHand += onHand;
    movement.held += held;
    movement.inTransit += inTransit;
    byLocation.set(place.locationId, movement);
  }
  return [...byLocation.values()].filter(({ onHand, held, inTransit }) => onHand !== 0 || held !== 0 || inTransit !== 0);
}

/** In the order of what says most. */
const NAMES = ['orderId', 'transferId', 'documentId', 'holdId', 'reference', 'connectionId'] as const;

function referenceOf(event: SkuEvent): string | undefined {
  const named = event as Readonly<Partial<Record<(typeof NAMES)[number], string>>>;
  return NAMES.map((name) => named[name]).find((value) => value !== undefined);
}
