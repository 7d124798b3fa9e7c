import type {
  ReservationCommitReversed,
  ReservationCommitted,
  ReservationExpired,
  ReservationExtended,
  ReservationPlaced,
  ReservationReleased,
  Take,
} from './events.js';
import { balanceAt, journalAt } from './evolve-stock.js';
import { addExpiry, removeExpiry } from './expiry.js';
import { addIssuedAhead, keepIssuedAhead, setOff } from './issued-ahead.js';
import { addOwn, orderKey, strikeOwn } from './journal.js';
import { COMMITS_KEPT, ENDED_RESERVATIONS_KEPT, JUST_ENDED_MS, JUST_ENDED_RESERVATIONS_KEPT } from './limits.js';
import type { OpenReservation, ReservationOutcome, SkuState } from './state.js';
import { together, unitsAt, without } from './takes.js';

export function reservationPlaced(state: SkuState, event: ReservationPlaced, at: number): void {
  const { type: _, takes, ...placed } = event;
  const reservation: OpenReservation = { ...placed, takes, placed: takes, placedAt: at, committed: [], commits: [], slot: 0 };
  for (const { locationId, quantity } of takes) balanceAt(state, locationId).reserved += quantity;
  state.reservations.set(event.reservationId, reservation);
  addExpiry(state.expiries, reservation);
}

function free(state: SkuState, takes: readonly Take[]): void {
  for (const { locationId, quantity } of takes) balanceAt(state, locationId).reserved -= quantity;
}

function end(state: SkuState, reservation: OpenReservation, outcome: ReservationOutcome, endedAt: number): void {
  const { takes: _, slot: __, ...rest } = reservation;
  removeExpiry(state.expiries, reservation);
  state.reservations.delete(reservation.reservationId);
  state.ended.set(reservation.reservationId, { ...rest, outcome, endedAt });
  forgetEnded(state, endedAt);
}

function forgetEnded(state: SkuState, now: number): void {
  for (const [reservationId, { endedAt }] of state.ended) {
    const justEnded = now - endedAt < JUST_ENDED_MS;
    if (state.ended.size <= (justEnded ? JUST_ENDED_RESERVATIONS_KEPT : ENDED_RESERVATIONS_KEPT)) return;
    state.ended.delete(reservationId);
  }
}

export function reservationCommitted(state: SkuState, event: ReservationCommitted, at: number): void {
  const { commitId, orderId, takes } = event;
  free(state, takes);
  for (const { locationId, quantity } of takes) {
    const units = quantity - unitsAt(event.alreadyIssued, locationId);
    if (units === 0) continue;
    balanceAt(state, locationId).onHand -= units;
    addOwn(journalAt(state, locationId), orderKey(orderId), { at, delta: -units, commitId });
  }
  const ahead = state.issuedAhead.get(orderId);
  if (ahead !== undefined) keepIssuedAhead(state, orderId, setOff(ahead, takes).left);

  const reservation = state.reservations.get(event.reservationId);
  if (reservation === undefined) return;
  reservation.takes = without(reservation.takes, takes);
  reservation.committed = together(reservation.committed, takes);
  reservation.commits.push({ commitId, takes, reversed: false });
  if (reservation.commits.length > COMMITS_KEPT) reservation.commits.shift();
  if (event.openUnits === 0) end(state, reservation, 'committed', at);
}

export function reservationCommitReversed(state: SkuState, event: ReservationCommitReversed): void {
  const { reservationId, commitId, orderId, takes, restored } = event;
  for (const { locationId, quantity } of takes) {
    const units = unitsAt(restored, locationId);
    if (units > 0) {
      balanceAt(state, locationId).onHand += units;
      strikeOwn(journalAt(state, locationId), orderKey(orderId), -1, units, commitId);
    }
    addIssuedAhead(state, orderId, { locationId, quantity: quantity - units });
  }
  const ended = state.ended.get(reservationId);
  const reservation = state.reservations.get(reservationId) ?? ended;
  if (reservation === undefined) return;
  reservation.committed = without(reservation.committed, takes);
  for (const commit of reservation.commits) if (commit.commitId === commitId) commit.reversed = true;
  if (ended?.outcome === 'committed') ended.outcome = 'reversed';
}

export function reservationEnded(
  state: SkuState,
  event: ReservationReleased | ReservationExpired,
  outcome: 'released' | 'expired',
  at: number,
): void {
  free(state, event.takes);
  const reservation = state.reservations.get(event.reservationId);
  if (reservation !== undefined) end(state, reservation, outcome, at);
}

export function reservationExtended(state: SkuState, event: ReservationExtended): void {
  const reservation = state.reservations.get(event.reservationId);
  if (reservation === undefined) return;
  removeExpiry(state.expiries, reservation);
  reservation.expiresAt = event.expiresAt;
  addExpiry(state.expiries, reservation);
}
