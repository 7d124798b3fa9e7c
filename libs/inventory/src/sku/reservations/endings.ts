import { accept, refuse, type Refusal } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import { MAX_PARTS_PER_RESERVATION } from '../limits.js';
import { quantityFault, ttlFault } from '../quantities.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import { graceOf, isOverdue, onlyWaits, outlookOf } from '../supply/supply.js';
import { lastUnits, plainTakes, totalUnits } from '../takes.js';
import type { ExpireReservation, ExtendReservation, ReleaseReservation } from './commands.js';
import type { EndedReservation, OpenReservation } from './state.js';

/** The refusal that names the terminal state of the reservation. */
export function contradiction({ outcome }: EndedReservation): SkuDecision {
  return refuse(outcome === 'reversed' ? 'reservation_released' : `reservation_${outcome}`, { state: outcome });
}

const overdue = ({ expiresAt }: OpenReservation): SkuDecision => refuse('reservation_expired', { state: 'expired', expiresAt });

/** Refuses a part beyond the limit: the reservation keeps the ids of all its parts. All that is left is not a part. */
export const tooManyParts = ({ commits, releases }: OpenReservation): Refusal<'too_many_parts'> | undefined =>
  commits.length + releases.length < MAX_PARTS_PER_RESERVATION - 1
    ? undefined
    : refuse('too_many_parts', { most: MAX_PARTS_PER_RESERVATION });

/** Decides to release what is still held, all or a part. */
export function release(state: SkuState, command: ReleaseReservation): SkuDecision {
  const { reservationId, at, commandId } = command;
  const reservation = state.reservations.get(reservationId);
  const ended = state.ended.get(reservationId);
  if ((reservation ?? ended)?.releases.some(({ releaseId }) => releaseId === commandId) === true) return accept();
  if (reservation !== undefined) return isOverdue(reservation, at) ? overdue(reservation) : reduce(reservation, command);
  if (ended === undefined) return refuse('unknown_reservation');
  return ended.outcome === 'released' || ended.outcome === 'reversed' ? accept() : contradiction(ended);
}

/** Releases waiting units before held ones, and of the held ones those taken last. */
function reduce(reservation: OpenReservation, { reservationId, commandId, quantity }: ReleaseReservation): SkuDecision {
  const { takes } = reservation;
  const held = totalUnits(takes);
  const waiting = reservation.waiting?.units ?? 0;
  if (quantity === undefined || quantity === held + waiting) {
    return accept({ type: 'ReservationReleased', reservationId, takes: plainTakes(takes) });
  }
  const fault = quantityFault(quantity);
  if (fault) return fault;
  if (quantity > held + waiting) return refuse('quantity_exceeds_open', { requested: quantity, open: held + waiting });
  const many = tooManyParts(reservation);
  if (many) return many;
  const givenUpUnits = Math.min(waiting, quantity);
  const freed = lastUnits(takes, quantity - givenUpUnits);
  return accept({
    type: 'ReservationReduced',
    reservationId,
    releaseId: commandId,
    takes: freed,
    givenUpUnits,
    waitingUnits: waiting - givenUpUnits,
  });
}

/**
 * Ends an overdue hold; before its expiry or after its end it changes nothing. A reservation that only waits continues while its units are
 * to come.
 */
export function expire(state: SkuState, { reservationId, at }: ExpireReservation): SkuDecision {
  const reservation = state.reservations.get(reservationId);
  if (reservation === undefined) return state.ended.has(reservationId) ? accept() : refuse('unknown_reservation');
  const { takes, expiresAt } = reservation;
  const late = at >= expiresAt && onlyWaits(reservation) ? waitOn(state, reservation, at) : [];
  if (late.length > 0) return accept(...late);
  return at < expiresAt ? accept() : accept({ type: 'ReservationExpired', reservationId, takes: plainTakes(takes), expiresAt });
}

/**
 * Extends a reservation that only waits until its units must have arrived: the expected time plus the grace. No event if that is not later.
 */
export function waitOn(state: SkuState, { reservationId, expiresAt }: OpenReservation, at: number): readonly SkuEvent[] {
  const expectedAt = outlookOf(state, reservationId, at)?.expectedAt;
  const until = expectedAt === undefined ? 0 : expectedAt + graceOf(state);
  return until > expiresAt ? [{ type: 'ReservationExtended', reservationId, expiresAt: until }] : [];
}

/** Decides to extend a hold. A TTL that ends before the present expiry changes nothing, nor does a repeat of the same command. */
export function extend(state: SkuState, { reservationId, commandId, at, ttlMs }: ExtendReservation): SkuDecision {
  const reservation = state.reservations.get(reservationId);
  if (reservation === undefined) {
    const ended = state.ended.get(reservationId);
    return ended === undefined ? refuse('unknown_reservation') : contradiction(ended);
  }
  if (isOverdue(reservation, at)) return overdue(reservation);
  const fault = ttlFault(ttlMs);
  if (fault) return fault;
  const expiresAt = at + ttlMs;
  if (expiresAt <= reservation.expiresAt || reservation.extensionIds.includes(commandId)) return accept();
  return accept({ type: 'ReservationExtended', reservationId, expiresAt, commandId });
}
