import { refuse, type Refusal } from '../../decision.js';
import type { SkuState } from '../state.js';
import { isOverdue } from '../supply/supply.js';
import type { PlaceReservation } from './commands.js';
import type { EndedReservation, OpenReservation } from './state.js';

type OfOrder = Pick<OpenReservation, 'orderId' | 'channelId'>;

/** Channels name their orders each for itself. Most reservations have no channel and need no text of their own. */
const orderOf = ({ orderId, channelId }: OfOrder): string => (channelId === undefined ? orderId : `${orderId}\n${channelId}`);

/** The newest reservation of each order that is open, or committed and not forgotten yet. */
export function noteOrder(state: SkuState, reservation: OfOrder & Pick<OpenReservation, 'reservationId'>): void {
  state.orders.set(orderOf(reservation), reservation.reservationId);
}

export function forgetOrder({ orders }: SkuState, reservation: OfOrder & Pick<OpenReservation, 'reservationId'>): void {
  const order = orderOf(reservation);
  if (orders.get(order) === reservation.reservationId) orders.delete(order);
}

/** As `noteOrder` and `forgetOrder`, for ended reservations in the order of their ends: a snapshot does not hold the map. */
export function noteEnded(state: SkuState, ended: EndedReservation): void {
  if (ended.outcome === 'committed') noteOrder(state, ended);
  else state.orders.delete(orderOf(ended));
}

/**
 * Refuses a second hold for an order that has one: a buyer who comes again would block himself. So for an order whose units were committed,
 * where the same units are asked for again; other units are an addition to the order. The refusal names the reservation there is.
 */
export function heldForOrder(state: SkuState, command: PlaceReservation): Refusal<'order_held'> | undefined {
  const reservationId = state.orders.get(orderOf(command));
  if (reservationId === undefined) return undefined;
  const open = state.reservations.get(reservationId);
  const own = open ?? state.ended.get(reservationId);
  const counts = open === undefined ? isSame(own, command) : !isOverdue(open, command.at);
  if (own === undefined || !counts) return undefined;
  return refuse('order_held', { reservationId, requested: own.requested, state: open === undefined ? 'committed' : 'held' });
}

const isSame = (ended: Pick<EndedReservation, 'requested'> | undefined, { quantity }: PlaceReservation): boolean =>
  ended?.requested === quantity;
