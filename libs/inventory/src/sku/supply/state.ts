import type { OpenReservation, Waiting } from '../reservations/state.js';

/** A delivery that a supplier has announced, in units. */
export interface Inbound {
  readonly reference: string;
  readonly locationId: string;
  readonly quantity: number;
  received: number;
  /** Units that came beyond its quantity; missing for none. */
  excess?: number;
  readonly expectedAt: number;
}

/** An open reservation with units that wait for supply. */
export type Waiter = OpenReservation & { readonly waiting: Waiting };

/** Expected deliveries and the reservations that wait. */
export interface Supply {
  /** By reference, in the order of their declaration. */
  readonly inbound: Map<string, Inbound>;
  /** By reservation, first come first. */
  readonly waiters: Map<string, Waiter>;
  waitingUnits: number;
  /** Number of waiting reservations that only some locations may serve. */
  choosyWaiters: number;
}
