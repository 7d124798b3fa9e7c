import { onHandBy, reserved, unchanged } from '../balance-change.js';
import { balanceAt } from '../balances.js';
import type { EntriesOf } from '../event-entry.js';
import { MAX_INBOUND_PER_SKU } from '../limits.js';
import { rememberCommand } from '../recent.js';
import type { ReservationPlaced } from '../reservations/events.js';
import { addExpiry, removeExpiry } from '../reservations/expiry.js';
import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import { together } from '../takes.js';
import type { InboundArrival, InboundCancelled, InboundDeclared, ReservationPromoted, SupplyEvent } from './events.js';
import type { Supply } from './state.js';
import { isWaiter, openUnitsOf } from './supply.js';

export const supplyOf = (state: SkuState): Supply =>
  (state.supply ??= { inbound: new Map(), waiters: new Map(), waitingUnits: 0, choosyWaiters: 0 });

function inboundDeclared(state: SkuState, event: InboundDeclared): void {
  const { commandId, reference, locationId, quantity, expectedAt } = event;
  const { inbound } = supplyOf(state);
  balanceAt(state, event);
  const { received = 0, excess } = inbound.get(reference) ?? {};
  inbound.set(reference, { reference, locationId, quantity, received, expectedAt, ...(excess === undefined ? {} : { excess }) });
  forgetReceived(inbound);
  rememberCommand(state, commandId);
}

/** Received deliveries are kept, so that declaring one again does not expect it again: up to the limit, oldest forgotten first. */
function forgetReceived(inbound: Supply['inbound']): void {
  for (const [reference, one] of inbound) {
    if (inbound.size <= MAX_INBOUND_PER_SKU) return;
    if (openUnitsOf(one) === 0) inbound.delete(reference);
  }
}

function inboundCancelled(state: SkuState, event: InboundCancelled): void {
  supplyOf(state).inbound.delete(event.reference);
  rememberCommand(state, event.commandId);
}

export function inboundArrived(state: SkuState, arrivals: readonly InboundArrival[]): void {
  for (const { reference, quantity, excess } of arrivals) {
    const inbound = state.supply?.inbound.get(reference);
    if (inbound === undefined) continue;
    inbound.received += quantity;
    if (excess !== undefined) inbound.excess = (inbound.excess ?? 0) + excess;
  }
}

export const waitingOf = ({ waiting, takes, expiresAt }: ReservationPlaced): OpenReservation['waiting'] =>
  waiting && {
    units: waiting.quantity,
    ttlMs: waiting.ttlMs,
    locationIds: waiting.locationIds,
    grantedUntil: takes.length > 0 ? expiresAt : 0,
  };

/** Appends the reservation to the back-order queue. */
export function startWaiting(state: SkuState, reservation: OpenReservation): void {
  if (!isWaiter(reservation)) return;
  const supply = supplyOf(state);
  supply.waiters.set(reservation.reservationId, reservation);
  supply.waitingUnits += reservation.waiting.units;
  if (reservation.waiting.locationIds !== undefined) supply.choosyWaiters += 1;
}

/** Removes the reservation from the back-order queue after it was served or has ended. */
export function stopWaiting(state: SkuState, reservation: OpenReservation): void {
  if (reservation.waiting === undefined) return;
  const supply = supplyOf(state);
  supply.waiters.delete(reservation.reservationId);
  supply.waitingUnits -= reservation.waiting.units;
  if (reservation.waiting.locationIds !== undefined) supply.choosyWaiters -= 1;
  reservation.waiting = undefined;
}

function reservationPromoted(state: SkuState, event: ReservationPromoted): void {
  for (const take of event.takes) balanceAt(state, take).reserved += take.quantity;
  const reservation = state.reservations.get(event.reservationId);
  if (reservation === undefined) return;
  reservation.takes = reservation.takes.length === 0 ? event.takes : together(reservation.takes, event.takes);
  reservation.placed = [...reservation.placed, ...event.takes];
  removeExpiry(state.expiries, reservation);
  reservation.expiresAt = event.expiresAt;
  addExpiry(state.expiries, reservation);
  waitFor(state, reservation, event.waitingUnits);
}

/** Sets the number of units that the reservation still waits for. */
export function waitFor(state: SkuState, reservation: OpenReservation, units: number): void {
  if (units === 0 || reservation.waiting === undefined) return stopWaiting(state, reservation);
  supplyOf(state).waitingUnits -= reservation.waiting.units - units;
  reservation.waiting = { ...reservation.waiting, units };
}

export const supplyEntries: EntriesOf<SupplyEvent> = {
  InboundDeclared: {
    evolve: inboundDeclared,
    balances: (event) => [onHandBy(event, 0)],
    step: 'fact',
    words: "A supplier's delivery is expected, or what is known of it changed.",
  },
  InboundCancelled: {
    evolve: inboundCancelled,
    balances: unchanged,
    step: 'fact',
    words: 'A delivery does not come. Reservations that wait for it keep their order.',
  },
  ReservationPromoted: {
    evolve: reservationPromoted,
    balances: ({ takes }) => reserved(takes),
    reservation: ({ takes, waitingUnits, expiresAt }) => ({ taken: takes, waitingUnits, expiresAt }),
    step: 'promise',
    words: 'Stock became free: units that waited longest are held from now on.',
  },
};
