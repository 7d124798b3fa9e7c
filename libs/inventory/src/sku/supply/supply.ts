import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import type { InboundArrival } from './events.js';
import type { Inbound, Supply, Waiter } from './state.js';

export const isWaiter = (reservation: OpenReservation): reservation is Waiter => reservation.waiting !== undefined;

/** Whether a reservation waits for supply. */
export const hasWaiters = ({ supply }: SkuState): boolean => supply !== undefined && supply.waiters.size > 0;

export const DEFAULT_GRACE_MS = 7 * 86_400_000;

export const openUnitsOf = ({ quantity, received }: Inbound): number => Math.max(0, quantity - received);

/** Whether a reservation waits and holds no units. It blocks no stock, so only an event ends it, not the clock. */
export const onlyWaits = ({ waiting, takes }: OpenReservation): boolean => waiting !== undefined && takes.length === 0;

/** Whether its expiry has passed, so that its units count as free although no event has ended it yet. */
export const isOverdue = (reservation: OpenReservation, at: number): boolean => at >= reservation.expiresAt && !onlyWaits(reservation);

export const graceOf = (state: SkuState): number => state.limits?.backorders?.graceMs ?? DEFAULT_GRACE_MS;

/** The effect on waiting reservations of events that are not applied yet. */
export interface WaitingChanges {
  /** Units that they promote, by reservation. */
  readonly served: ReadonlyMap<string, number>;
  /** Reservations that they end. */
  readonly ended: ReadonlySet<string>;
}

const waitingAfter = ({ reservationId, waiting }: Waiter, { served, ended }: WaitingChanges): number =>
  ended.has(reservationId) ? 0 : waiting.units - (served.get(reservationId) ?? 0);

/** Units that wait after the events. */
export function waitingUnitsAfter(supply: Supply, changes: WaitingChanges): number {
  let units = supply.waitingUnits;
  for (const reservationId of new Set([...changes.served.keys(), ...changes.ended])) {
    const waiter = supply.waiters.get(reservationId);
    if (waiter !== undefined) units -= waiter.waiting.units - waitingAfter(waiter, changes);
  }
  return units;
}

interface Arrival {
  readonly locationId: string;
  readonly expectedAt: number;
  units: number;
}

interface Promised {
  readonly units: number;
  /** When the last of them is expected; undefined for none. */
  readonly expectedAt: number | undefined;
}

/** Expected deliveries, soonest first, assigned to waiting reservations in order of arrival. */
export class Timetable {
  readonly #arrivals: readonly Arrival[];
  #exhausted = 0;

  /** A delivery that is late by more than the grace is left out. */
  constructor({ inbound }: Supply, grace: number, at: number) {
    this.#arrivals = [...inbound.values()]
      .filter((one) => at < one.expectedAt + grace)
      .map((one) => ({ locationId: one.locationId, expectedAt: one.expectedAt, units: openUnitsOf(one) }))
      .sort((one, other) => one.expectedAt - other.expectedAt);
  }

  /** The deliveries that are left after every waiting reservation was assigned its units. */
  static afterWaiting(supply: Supply, grace: number, at: number, changes: WaitingChanges): Timetable {
    const timetable = new Timetable(supply, grace, at);
    if (supply.choosyWaiters === 0) {
      timetable.take(waitingUnitsAfter(supply, changes));
      return timetable;
    }
    for (const waiter of supply.waiters.values()) timetable.take(waitingAfter(waiter, changes), waiter.waiting.locationIds);
    return timetable;
  }

  unitsLeft(locationIds?: readonly string[]): number {
    return this.#arrivals.reduce((sum, arrival) => sum + (servedBy(locationIds, arrival.locationId) ? arrival.units : 0), 0);
  }

  take(units: number, locationIds?: readonly string[]): Promised {
    let rest = units;
    let expectedAt: number | undefined;
    for (let index = this.#exhausted; index < this.#arrivals.length && rest > 0; index += 1) {
      const arrival = this.#arrivals[index];
      if (arrival === undefined || arrival.units === 0 || !servedBy(locationIds, arrival.locationId)) continue;
      const taken = Math.min(rest, arrival.units);
      arrival.units -= taken;
      rest -= taken;
      expectedAt = arrival.expectedAt;
    }
    while (this.#arrivals[this.#exhausted]?.units === 0) this.#exhausted += 1;
    return { units: units - rest, expectedAt };
  }
}

export const servedBy = (locationIds: readonly string[] | undefined, locationId: string): boolean =>
  locationIds === undefined || locationIds.includes(locationId);

/** Waiting units of a reservation and when the last of them is expected; no date if too little is to come. */
export interface Outlook {
  readonly units: number;
  readonly expectedAt?: number;
}

/** @returns undefined if no unit of the reservation waits. The time it takes grows with the number of waiting reservations before it. */
export function outlookOf(state: SkuState, reservationId: string, at: number): Outlook | undefined {
  const { supply } = state;
  const waiting = supply?.waiters.get(reservationId)?.waiting;
  if (supply === undefined || waiting === undefined) return undefined;
  const timetable = new Timetable(supply, graceOf(state), at);
  let unitsBefore = 0;
  for (const [id, { waiting: before }] of supply.waiters) {
    if (id === reservationId) break;
    // If any location may serve all of them, assigning their sum at once gives the same result as one by one.
    if (supply.choosyWaiters === 0) unitsBefore += before.units;
    else timetable.take(before.units, before.locationIds);
  }
  timetable.take(unitsBefore);
  const { units, expectedAt } = timetable.take(waiting.units, waiting.locationIds);
  return { units: waiting.units, ...(units < waiting.units || expectedAt === undefined ? {} : { expectedAt }) };
}

/**
 * The deliveries that a receipt is: the one it names; else the one whose reference is the receipt's document; else those expected at its
 * location, soonest first. A receipt that is matched with a wrong delivery makes later promises too small; a delivery that is not matched
 * makes them too large. A receipt is booked in full; what it brings beyond the delivery that it names is told beside it.
 */
export function arrivalsOf(
  state: SkuState,
  receipt: { readonly locationId: string; readonly quantity: number; readonly inboundReference?: string; readonly documentId?: string },
): readonly InboundArrival[] {
  if (state.supply === undefined) return [];
  const { inbound } = state.supply;
  const { inboundReference, documentId, quantity, locationId } = receipt;
  const reference = inboundReference ?? (documentId !== undefined && inbound.has(documentId) ? documentId : undefined);
  const named = reference === undefined ? undefined : inbound.get(reference);
  const expected =
    reference === undefined
      ? [...inbound.values()].filter((one) => one.locationId === locationId).sort((one, other) => one.expectedAt - other.expectedAt)
      : named === undefined
        ? []
        : [named];
  const arrivals: InboundArrival[] = [];
  let rest = quantity;
  for (const one of expected) {
    const units = Math.min(rest, openUnitsOf(one));
    if (units > 0) arrivals.push({ reference: one.reference, quantity: units });
    rest -= units;
  }
  return named === undefined || rest <= 0 ? arrivals : [{ reference: named.reference, quantity: quantity - rest, excess: rest }];
}
