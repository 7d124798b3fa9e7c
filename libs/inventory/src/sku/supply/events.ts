import type { ExplainedTake } from '../stock-place.js';

export type SupplyEvent = InboundDeclared | InboundCancelled | ReservationPromoted;

/** Goods are expected from a supplier, or what is known of them changed. What has been received of them stays received. */
export interface InboundDeclared {
  readonly type: 'InboundDeclared';
  readonly commandId: string;
  /** Of the purchase order or the delivery; unique within the SKU. */
  readonly reference: string;
  readonly locationId: string;
  /** Units of the whole delivery, those received already among them. */
  readonly quantity: number;
  readonly expectedAt: number;
}

/** The goods do not come; who waits for them keeps the place in the line. */
export interface InboundCancelled {
  readonly type: 'InboundCancelled';
  readonly commandId: string;
  readonly reference: string;
}

/** Stock became free and serves who has waited longest: waiting units are held from now on. */
export interface ReservationPromoted {
  readonly type: 'ReservationPromoted';
  readonly reservationId: string;
  readonly takes: readonly ExplainedTake[];
  /** Units that wait still. */
  readonly waitingUnits: number;
  readonly expiresAt: number;
}

/** So many units of an expected delivery arrived. */
export interface InboundArrival {
  readonly reference: string;
  readonly quantity: number;
}

/** Units of a reservation that are promised from supply that is still to come. */
export interface WaitingUnits {
  readonly quantity: number;
  /** When the last of them was expected as the promise was made. */
  readonly expectedAt: number;
  /** How long the units are held once they are all there. */
  readonly ttlMs: number;
  /** Only these locations may serve them, where the request or the rule of its channel says so. */
  readonly locationIds?: readonly string[];
}

/** Whether reservations may wait for supply that is still to come. */
export interface BackorderPolicy {
  /** Most units that may wait at once. */
  readonly units: number;
  /** A delivery so much later than expected counts as not coming, and who holds nothing is not kept waiting any longer. */
  readonly graceMs: number;
  /** Only reservations of these channels may wait; any reservation where none is named. */
  readonly channels?: readonly string[];
}
