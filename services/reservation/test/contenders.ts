import type { PlaceReservation } from '@holdfast/inventory';
import type { ArrivedCommand, ServedCommand } from '@holdfast/ledger';

/** A buyer's command as it came to the queue of a SKU. */
export function arrived(arrival: number, reservationId: string, more: Partial<PlaceReservation> = {}): ArrivedCommand {
  const command: PlaceReservation = {
    type: 'PlaceReservation',
    at: 1_000 + arrival,
    commandId: `command ${reservationId}`,
    reservationId,
    orderId: `order ${reservationId}`,
    quantity: 1,
    ttlMs: 1_000,
    requestHash: 'hash',
    sources: [],
    ...more,
  };
  return { tenant: 'acme', arrival, command };
}

/** @param code of its refusal; granted where there is none */
export const served = (arrival: number, reservationId: string, more: Partial<PlaceReservation> = {}, code?: string): ServedCommand => ({
  ...arrived(arrival, reservationId, more),
  ...(code === undefined ? { decision: 'accepted', events: [{ type: 'ReservationPlaced' }] } : { decision: 'refused', code, events: [] }),
});
