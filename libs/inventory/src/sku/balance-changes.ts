import type { SkuEvent } from './events.js';
import type { Take } from './stock-place.js';
import { unitsAt } from './takes.js';

/** What an event changes at one location, in units. */
export interface BalanceChange {
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  /** Units on their way to this location. */
  readonly inTransit: number;
  /** The new figure, not a difference. */
  readonly safetyStock?: number;
}

const change = (locationId: string, units: Partial<Omit<BalanceChange, 'locationId'>>): BalanceChange => ({
  locationId,
  onHand: 0,
  reserved: 0,
  inTransit: 0,
  ...units,
});

const freed = (takes: readonly Take[]): readonly BalanceChange[] =>
  takes.map(({ locationId, quantity }) => change(locationId, { reserved: -quantity }));

/**
 * What the event changes, from the event alone: folding it over a stream gives the balances, which is all that projections need.
 * A location may occur twice. An entry without any change says that the SKU now lies (with nothing) at that location.
 */
export function balanceChanges(event: SkuEvent): readonly BalanceChange[] {
  switch (event.type) {
    case 'ProductDescribed':
    case 'LevelRefused':
    case 'ReservationExtended':
    case 'LimitsSet':
    case 'AllocationSet':
    case 'AllocationRemoved':
    case 'InboundCancelled':
      return [];
    case 'InboundDeclared':
      return [change(event.locationId, {})];
    case 'SafetyStockSet':
      return [change(event.locationId, { safetyStock: event.quantity })];
    case 'LevelReported':
    case 'StockReceived':
    case 'StockAdjusted':
      return [change(event.locationId, { onHand: event.delta })];
    case 'StockIssued':
      return [
        change(event.locationId, { onHand: event.delta }),
        ...event.reassigned.map((take) => change(take.locationId, { onHand: take.quantity })),
      ];
    case 'StockMoved':
      return [change(event.fromLocationId, { onHand: -event.quantity }), change(event.toLocationId, { onHand: event.quantity })];
    case 'TransferShipped':
      return [change(event.fromLocationId, { onHand: -event.quantity }), change(event.toLocationId, { inTransit: event.quantity })];
    case 'TransferReceived':
      return [change(event.toLocationId, { onHand: event.quantity, inTransit: -event.quantity })];
    case 'TransferReturned':
      return [change(event.fromLocationId, { onHand: event.quantity }), change(event.toLocationId, { inTransit: -event.quantity })];
    case 'ReservationPlaced':
    case 'ReservationPromoted':
      return event.takes.map(({ locationId, quantity }) => change(locationId, { reserved: quantity }));
    case 'ReservationCommitted':
      return event.takes.map(({ locationId, quantity }) =>
        change(locationId, { reserved: -quantity, onHand: unitsAt(event.alreadyIssued, locationId) - quantity }),
      );
    case 'ReservationCommitReversed':
      return event.restored.map(({ locationId, quantity }) => change(locationId, { onHand: quantity }));
    case 'ReservationReleased':
    case 'ReservationExpired':
      return freed(event.takes);
    default:
      return event satisfies never;
  }
}
