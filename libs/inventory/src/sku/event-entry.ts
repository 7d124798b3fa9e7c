import type { BalanceChange } from './balance-change.js';
import type { ReservationEffect } from './reservations/effect.js';
import type { SkuState } from './state.js';

/**
 * How an event counts for the bound on promises. A `promise` takes free units, which must exist. A `settlement` carries out or ends what
 * was promised and may leave no promise uncovered. A `fact` comes from outside (an ERP, a count, a person who sets a limit) and is true
 * whatever was promised.
 */
export type StepKind = 'promise' | 'settlement' | 'fact';

/** Everything that is derived from one type of event. An event of a reservation also has the effect on that reservation. */
export type EventEntry<Event> = {
  /** Changes the state in place. The event happened at `at` (epoch milliseconds). */
  readonly evolve: (state: SkuState, event: Event, at: number) => void;
  /** The balance changes by place, from the event alone. A place may occur twice; a change of zero units makes the SKU known there. */
  readonly balances: (event: Event) => readonly BalanceChange[];
  readonly step: StepKind;
  /** One sentence for the reference. */
  readonly words: string;
} & (Event extends { readonly reservationId: string }
  ? { readonly reservation: (event: Event) => ReservationEffect }
  : { readonly reservation?: never });

/** One entry for every type of a union of events. */
export type EntriesOf<Event extends { readonly type: string }> = {
  readonly [Type in Event['type']]: EventEntry<Extract<Event, { readonly type: Type }>>;
};
