import type { ExplainedTake } from '../stock-place.js';

export type SupplyEvent = InboundDeclared | InboundCancelled | ReservationPromoted;

/** A delivery of a supplier is expected, or its data changed. Units received of it stay received. */
export interface InboundDeclared {
  readonly type: 'InboundDeclared';
  readonly commandId: string;
  /** Reference of the purchase order or the delivery; unique within the SKU. */
  readonly reference: string;
  readonly locationId: string;
  /** Units of the whole delivery, including those received already. */
  readonly quantity: number;
  readonly expectedAt: number;
}

/** The delivery does not come. Reservations that wait for it keep their position in the back-order queue. */
export interface InboundCancelled {
  readonly type: 'InboundCancelled';
  readonly commandId: string;
  readonly reference: string;
}

/** Stock became free and serves the reservation that has waited longest: its waiting units are held from now on. */
export interface ReservationPromoted {
  readonly type: 'ReservationPromoted';
  readonly reservationId: string;
  readonly takes: readonly ExplainedTake[];
  /** Units that still wait. */
  readonly waitingUnits: number;
  readonly expiresAt: number;
}

/** Units of an expected delivery that arrived. */
export interface InboundArrival {
  readonly reference: string;
  readonly quantity: number;
  /** Units that came beyond those of the delivery, where the receipt named it; missing for none. */
  readonly excess?: number;
}

/** Units of a reservation that are promised from supply to come. */
export interface WaitingUnits {
  readonly quantity: number;
  /** When the last of them was expected at the time of the promise. */
  readonly expectedAt: number;
  /** How long the units are held once all are there. */
  readonly ttlMs: number;
  /** Only these locations may serve them, where the request or the rule of its channel says so. */
  readonly locationIds?: readonly string[];
}

/** Whether reservations may wait for supply that is still to come. */
export interface BackorderPolicy {
  /** Most units that may wait at once. */
  readonly units: number;
  /** A delivery that is later than expected by more than this counts as not coming, and a reservation that holds no units stops waiting. */
  readonly graceMs: number;
  /** Only reservations of these channels may wait; any reservation if absent. */
  readonly channels?: readonly string[];
}
