import { refuse, type Refusal } from '../../decision.js';
import type { SkuState } from '../state.js';
import { isOverdue } from '../supply/supply.js';
import type { PlaceReservation } from './commands.js';
import type { EndedReservation, OpenReservation } from './state.js';

type OfOrder = Pick<OpenReservation, 'orderId' | 'channelId'>;

/** Each channel names its own orders, so the key has the channel. Most reservations have no channel and use the order id itself. */
const orderOf = ({ orderId, channelId }: OfOrder): string => (channelId === undefined ? orderId : `${orderId}\n${channelId}`);

/** Stores the reservation as the newest of its order; open ones count, and committed ones that are not forgotten. */
export function noteOrder(state: SkuState, reservation: OfOrder & Pick<OpenReservation, 'reservationId'>): void {
  state.orders.set(orderOf(reservation), reservation.reservationId);
}

export function forgetOrder({ orders }: SkuState, reservation: OfOrder & Pick<OpenReservation, 'reservationId'>): void {
  const order = orderOf(reservation);
  if (orders.get(order) === reservation.reservationId) orders.delete(order);
}

/** Applies ended reservations in the order of their ends, as `noteOrder` and `forgetOrder` did: a snapshot does not contain the map. */
export function noteEnded(state: SkuState, ended: EndedReservation): void {
  if (ended.outcome === 'committed') noteOrder(state, ended);
  else state.orders.delete(orderOf(ended));
}

/** The newest reservation of an order of the channel that is open, or committed and not forgotten; undefined for none. */
export const reservationOfOrder = (state: SkuState, order: OfOrder): string | undefined => state.orders.get(orderOf(order));

/**
 * Called by placements. Refuses a second hold for an order that has one: a buyer who orders again would block his own units. An order whose
 * units were committed is refused if it asks for the same units again; other units are an addition to the order. The refusal names the
 * existing reservation.
 */
export function heldForOrder(state: SkuState, command: PlaceReservation): Refusal<'order_held'> | undefined {
  const reservationId = command.sold === true ? undefined : state.orders.get(orderOf(command));
  if (reservationId === undefined) return undefined;
  const open = state.reservations.get(reservationId);
  const own = open ?? state.ended.get(reservationId);
  const counts = open === undefined ? isSame(own, command) : !isOverdue(open, command.at);
  if (own === undefined || !counts) return undefined;
  return refuse('order_held', { reservationId, requested: own.requested, state: open === undefined ? 'committed' : 'held' });
}

const isSame = (ended: Pick<EndedReservation, 'requested'> | undefined, { quantity }: PlaceReservation): boolean =>
  ended?.requested === quantity;
