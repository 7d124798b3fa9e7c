import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import type { InboundArrival } from './events.js';
import type { Inbound, Supply, Waiter } from './state.js';

export const isWaiter = (reservation: OpenReservation): reservation is Waiter => reservation.waiting !== undefined;

export const DEFAULT_GRACE_MS = 7 * 86_400_000;

export const openUnitsOf = ({ quantity, received }: Inbound): number => Math.max(0, quantity - received);

/** Whether a reservation waits and holds nothing: it is in nobody's way, so its time is over only when an event says so. */
export const onlyWaits = ({ waiting, takes }: OpenReservation): boolean => waiting !== undefined && takes.length === 0;

/** Whether its units count as free although nobody wrote it down yet. */
export const isOverdue = (reservation: OpenReservation, at: number): boolean => at >= reservation.expiresAt && !onlyWaits(reservation);

export const graceOf = (state: SkuState): number => state.limits?.backorders?.graceMs ?? DEFAULT_GRACE_MS;

/** What events that are not applied yet do to those who wait. */
export interface LineChanges {
  /** Units that they promote, by reservation. */
  readonly served: ReadonlyMap<string, number>;
  /** Reservations that they end. */
  readonly ended: ReadonlySet<string>;
}

const waitingAfter = ({ reservationId, waiting }: Waiter, { served, ended }: LineChanges): number =>
  ended.has(reservationId) ? 0 : waiting.units - (served.get(reservationId) ?? 0);

/** Units that wait once the events are applied. */
export function waitingUnitsAfter(supply: Supply, line: LineChanges): number {
  let units = supply.waitingUnits;
  for (const reservationId of new Set([...line.served.keys(), ...line.ended])) {
    const waiter = supply.waiters.get(reservationId);
    if (waiter !== undefined) units -= waiter.waiting.units - waitingAfter(waiter, line);
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

/** Deliveries to come, soonest first, handed out to those who wait in the order in which they came. */
export class Timetable {
  readonly #arrivals: readonly Arrival[];
  #exhausted = 0;

  /** Deliveries that are later than their date and the grace together are left out. */
  constructor({ inbound }: Supply, grace: number, at: number) {
    this.#arrivals = [...inbound.values()]
      .filter((one) => at < one.expectedAt + grace)
      .map((one) => ({ locationId: one.locationId, expectedAt: one.expectedAt, units: openUnitsOf(one) }))
      .sort((one, other) => one.expectedAt - other.expectedAt);
  }

  /** What is left to promise once everybody who waits still has been served. */
  static afterLine(supply: Supply, grace: number, at: number, line: LineChanges): Timetable {
    const timetable = new Timetable(supply, grace, at);
    if (supply.choosyWaiters === 0) {
      timetable.take(waitingUnitsAfter(supply, line));
      return timetable;
    }
    for (const waiter of supply.waiters.values()) timetable.take(waitingAfter(waiter, line), waiter.waiting.locationIds);
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

/** Waiting units of a reservation and when the last of them is expected as things stand; no date where too little is to come. */
export interface Outlook {
  readonly units: number;
  readonly expectedAt?: number;
}

/** @returns undefined where nothing of the reservation waits. Costs as much as there are reservations before it in the line. */
export function outlookOf(state: SkuState, reservationId: string, at: number): Outlook | undefined {
  const { supply } = state;
  const waiting = supply?.waiters.get(reservationId)?.waiting;
  if (supply === undefined || waiting === undefined) return undefined;
  const timetable = new Timetable(supply, graceOf(state), at);
  let unitsBefore = 0;
  for (const [id, { waiting: before }] of supply.waiters) {
    if (id === reservationId) break;
    // Whom any location may serve takes the soonest, so that those one after another take what one of them all would.
    if (supply.choosyWaiters === 0) unitsBefore += before.units;
    else timetable.take(before.units, before.locationIds);
  }
  timetable.take(unitsBefore);
  const { units, expectedAt } = timetable.take(waiting.units, waiting.locationIds);
  return { units: waiting.units, ...(units < waiting.units || expectedAt === undefined ? {} : { expectedAt }) };
}

/**
 * Which deliveries a receipt is: the one it names; else the one whose reference is the receipt's document; else those expected at its
 * location, soonest first. Taking a receipt for a delivery that it is not promises too little afterwards, the other way round too much.
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
  return arrivals;
}
