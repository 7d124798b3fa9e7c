import { allocationEntries } from './allocations/evolve.js';
import { heldBy, type BalanceChange } from './balance-change.js';
import type { EntriesOf, EventEntry, StepKind } from './event-entry.js';
import type { EventOfReservation, SkuEvent } from './events.js';
import { changeHeld, holdEntries } from './holds/evolve.js';
import type { ChangesHeld } from './holds/events.js';
import { reconciliationEntries } from './reconciliation/evolve.js';
import type { ChangesPositions } from './lots/events.js';
import { applyPositions, lotEntries } from './lots/evolve.js';
import type { ReservationEffect } from './reservations/effect.js';
import { reservationEntries } from './reservations/evolve.js';
import type { SkuState } from './state.js';
import { placeAt } from './stock-place.js';
import { stockEntries } from './stock/evolve.js';
import { supplyEntries } from './supply/evolve.js';
import { transferEntries } from './transfers/evolve.js';

/**
 * The entries of all types of events of a SKU. A new type is declared in the `events.ts` of its folder, and its entry in the `evolve.ts`
 * there.
 */
export const SKU_EVENTS: EntriesOf<SkuEvent> = {
  ...stockEntries,
  ...reconciliationEntries,
  ...transferEntries,
  ...allocationEntries,
  ...supplyEntries,
  ...reservationEntries,
  ...holdEntries,
  ...lotEntries,
};

type AnyEntry = Pick<EventEntry<SkuEvent>, 'evolve' | 'balances' | 'step'> & {
  readonly reservation?: (event: SkuEvent) => ReservationEffect;
};

/** An event fits the entry of its own type; the compiler cannot see this over a union. */
const ENTRIES: Readonly<Record<SkuEvent['type'], AnyEntry>> = SKU_EVENTS as unknown as Readonly<Record<SkuEvent['type'], AnyEntry>>;

/** Applies an event that happened at `at` (epoch milliseconds), in place, and returns the same state. */
export function evolveSku(state: SkuState, event: SkuEvent, at: number): SkuState {
  state.known = true;
  ENTRIES[event.type].evolve(state, event, at);
  // Only a SKU with a hold, a lot or a bin has events that change held units or positions; the entry of the first of them makes `detail`.
  if (state.detail !== undefined) {
    applyPositions(state, event as ChangesPositions);
    changeHeld(state, event as ChangesHeld);
  }
  return state;
}

/**
 * The balance changes of an event, from the event alone: folding them over a stream gives the balances, which is all that projections need.
 * A place may occur twice. A change of zero units makes the SKU known at that place.
 */
export function balanceChanges(event: SkuEvent): readonly BalanceChange[] {
  const changes = ENTRIES[event.type].balances(event);
  const { held } = event as ChangesHeld;
  return held === undefined ? changes : [...changes, ...held.map(({ locationId, delta }) => heldBy(placeAt(locationId), delta))];
}

/** The effect of the event on the reservation that it names. */
export const reservationEffect = (event: EventOfReservation): ReservationEffect => ENTRIES[event.type].reservation?.(event) ?? {};

/** Types of the events that name one reservation. */
export const RESERVATION_EVENT_TYPES = (Object.keys(ENTRIES) as SkuEvent['type'][]).filter(
  (type) => ENTRIES[type].reservation !== undefined,
);

/** How the event counts for the bound on promises. */
export const stepKind = ({ type }: SkuEvent): StepKind => ENTRIES[type].step;
