import { accept, refuse } from '../../decision.js';
import type { SkuEvent } from '../events.js';
import { departingPositions } from '../lots/transit.js';
import { shortAt, type SkuDecision } from '../refusals.js';
import { contradiction, tooManyParts } from '../reservations/endings.js';
import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import { placeAt } from '../stock-place.js';
import { isOverdue } from '../supply/supply.js';
import { firstUnits, plainTakes, totalUnits, unitsAt } from '../takes.js';
import type { ShipTransfer } from './commands.js';

/**
 * Decides to ship units that a reservation holds at the source. The hold ends, or is reduced, in the same append as the shipment, so that
 * nobody else takes the units between. Units that the reservation only waits for go on waiting.
 */
export function shipReserved(state: SkuState, command: ShipTransfer, reservationId: string): SkuDecision {
  const { at, transferId, fromLocationId, toLocationId, quantity } = command;
  const reservation = state.reservations.get(reservationId);
  if (reservation === undefined) {
    const ended = state.ended.get(reservationId);
    return ended === undefined ? refuse('unknown_reservation', { reservationId }) : contradiction(ended);
  }
  if (isOverdue(reservation, at)) return refuse('reservation_expired', { state: 'expired', expiresAt: reservation.expiresAt });

  const open = unitsAt(reservation.takes, placeAt(fromLocationId));
  if (quantity > open) return refuse('quantity_exceeds_open', { requested: quantity, open, available: open });
  // A promise may exceed on hand after a fact from outside; what does not lie there, or is held, cannot leave.
  const { onHand = 0, held = 0 } = state.balances.get(fromLocationId) ?? {};
  const sellable = Math.max(0, onHand - held);
  if (quantity > sellable && held > 0) return refuse('stock_held', { requested: quantity, sellable, held });
  if (quantity > sellable) return shortAt(fromLocationId, quantity, sellable);

  const departing = departingPositions(state, command);
  if ('kind' in departing) return departing;
  const { positions } = departing;
  const ending = endOf(reservation, command);
  if (ending.type === 'ReservationReduced') {
    const many = tooManyParts(reservation);
    if (many) return many;
  }
  return accept(ending, {
    type: 'TransferShipped',
    transferId,
    fromLocationId,
    toLocationId,
    quantity,
    heldByReservationId: reservationId,
    ...(positions.length === 0 ? {} : { positions }),
  });
}

/** How the hold of the shipped units ends: the reservation goes on while it holds others, or waits for some. */
function endOf(reservation: OpenReservation, { transferId, fromLocationId, quantity }: ShipTransfer): SkuEvent {
  const { reservationId } = reservation;
  const waitingUnits = reservation.waiting?.units ?? 0;
  if (quantity === totalUnits(reservation.takes) && waitingUnits === 0) {
    return { type: 'ReservationReleased', reservationId, takes: plainTakes(reservation.takes) };
  }
  const there = reservation.takes.filter((take) => take.locationId === fromLocationId);
  return {
    type: 'ReservationReduced',
    reservationId,
    releaseId: transferId,
    takes: firstUnits(there, quantity),
    givenUpUnits: 0,
    waitingUnits,
  };
}
