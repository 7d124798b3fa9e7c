import type { AllocationEvent } from './allocations/events.js';
import type { HoldEvent } from './holds/events.js';
import type { LotEvent } from './lots/events.js';
import type { ReconciliationEvent } from './reconciliation/events.js';
import type { ReservationEvent } from './reservations/events.js';
import type { StockEvent } from './stock/events.js';
import type { SupplyEvent } from './supply/events.js';
import type { TransferStockEvent } from './transfers/events.js';

export type * from './allocations/events.js';
export type * from './holds/events.js';
export type * from './lots/events.js';
export type * from './reconciliation/events.js';
export type * from './reservations/events.js';
export type * from './stock/events.js';
export type * from './supply/events.js';
export type * from './transfers/events.js';
export type * from './stock-place.js';

/** Units are whole pieces. Times are epoch milliseconds. Names with a version are the storage format and never change their meaning. */
export type SkuEvent =
  StockEvent | ReconciliationEvent | TransferStockEvent | AllocationEvent | SupplyEvent | ReservationEvent | HoldEvent | LotEvent;

/** Events that name one reservation. */
export type EventOfReservation = Extract<SkuEvent, { readonly reservationId: string }>;
