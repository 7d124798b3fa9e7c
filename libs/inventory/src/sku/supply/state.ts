import type { OpenReservation, Waiting } from '../reservations/state.js';

/** A delivery that a supplier has announced, in units. */
export interface Inbound {
  readonly reference: string;
  readonly locationId: string;
  readonly quantity: number;
  received: number;
  readonly expectedAt: number;
}

/** An open reservation of which something waits. */
export type Waiter = OpenReservation & { readonly waiting: Waiting };

/** What is still to come, and who waits for it. */
export interface Supply {
  /** By reference, in the order of their declaration. */
  readonly inbound: Map<string, Inbound>;
  /** By reservation, first come first. */
  readonly waiters: Map<string, Waiter>;
  waitingUnits: number;
  /** Waiters that only some locations may serve. */
  choosyWaiters: number;
}
