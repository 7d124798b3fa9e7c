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

/** Names the terminal state that stands against what was asked. */
export function contradiction({ outcome }: EndedReservation): SkuDecision {
  return refuse(outcome === 'reversed' ? 'reservation_released' : `reservation_${outcome}`, { state: outcome });
}

const overdue = ({ expiresAt }: OpenReservation): SkuDecision => refuse('reservation_expired', { state: 'expired', expiresAt });

/** Refuses one part more than a reservation may be taken or let go in, since the ids of all are kept; all that is left is no part. */
export const tooManyParts = ({ commits, releases }: OpenReservation): Refusal<'too_many_parts'> | undefined =>
  commits.length + releases.length < MAX_PARTS_PER_RESERVATION - 1
    ? undefined
    : refuse('too_many_parts', { most: MAX_PARTS_PER_RESERVATION });

/** Lets go what is still held, all or so many units. */
export function release(state: SkuState, command: ReleaseReservation): SkuDecision {
  const { reservationId, at, commandId } = command;
  const reservation = state.reservations.get(reservationId);
  const ended = state.ended.get(reservationId);
  if ((reservation ?? ended)?.releases.some(({ releaseId }) => releaseId === commandId) === true) return accept();
  if (reservation !== undefined) return isOverdue(reservation, at) ? overdue(reservation) : reduce(reservation, command);
  if (ended === undefined) return refuse('unknown_reservation');
  return ended.outcome === 'released' || ended.outcome === 'reversed' ? accept() : contradiction(ended);
}

/** Lets go what waits before what is held, and of that what was taken last. */
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

/** Ends an overdue hold; one that is not overdue or has ended stays as it is. One that only waits goes on while its units are to come. */
export function expire(state: SkuState, { reservationId, at }: ExpireReservation): SkuDecision {
  const reservation = state.reservations.get(reservationId);
  if (reservation === undefined) return state.ended.has(reservationId) ? accept() : refuse('unknown_reservation');
  const { takes, expiresAt } = reservation;
  const late = at >= expiresAt && onlyWaits(reservation) ? waitOn(state, reservation, at) : [];
  if (late.length > 0) return accept(...late);
  return at < expiresAt ? accept() : accept({ type: 'ReservationExpired', reservationId, takes: plainTakes(takes), expiresAt });
}

/** Keeps a reservation that only waits until its units must be there: as expected now, and the grace. Nothing where that is no later. */
export function waitOn(state: SkuState, { reservationId, expiresAt }: OpenReservation, at: number): readonly SkuEvent[] {
  const expectedAt = outlookOf(state, reservationId, at)?.expectedAt;
  const until = expectedAt === undefined ? 0 : expectedAt + graceOf(state);
  return until > expiresAt ? [{ type: 'ReservationExtended', reservationId, expiresAt: until }] : [];
}

/** Lets a hold live longer. A time to live that ends before the present one changes nothing, nor does the same command once more. */
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
