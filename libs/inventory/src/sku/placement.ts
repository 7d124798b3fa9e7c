import { accept, refuse } from '../decision.js';
import type { PlaceReservation } from './commands.js';
import { freeStock } from './free-stock.js';
import { MAX_OPEN_RESERVATIONS_PER_SKU } from './limits.js';
import { quantityFault, ttlFault } from './quantities.js';
import type { SkuDecision } from './refusals.js';
import { short } from './shortage.js';
import { candidates, planSources } from './sources.js';
import type { SkuState } from './state.js';

/** Takes units for a holder, or says what was short. Asked again with the same id, it changes nothing. */
export function place(state: SkuState, command: PlaceReservation): SkuDecision {
  const { reservationId, orderId, quantity, ttlMs, at, requestHash, channelId } = command;
  const placed = state.reservations.get(reservationId) ?? state.ended.get(reservationId);
  if (placed !== undefined) return placed.requestHash === requestHash ? accept() : refuse('idempotency_mismatch', { reservationId });
  if (!state.known) return refuse('unknown_sku');
  const fault = quantityFault(quantity) ?? ttlFault(ttlMs);
  if (fault) return fault;
  if (state.reservations.size >= MAX_OPEN_RESERVATIONS_PER_SKU) {
    return refuse('too_many_open_reservations', { most: MAX_OPEN_RESERVATIONS_PER_SKU });
  }

  const sources = candidates(state, command);
  const stock = freeStock(state, at, (available) => planSources(sources, available, command).available >= quantity);
  const plan = planSources(sources, stock.available, command);
  const enough = plan.available >= quantity || (command.partial === true && plan.available > 0);
  if (!enough) return short(state, command, plan.eligible, stock, plan.available);
  return accept(...stock.expired, {
    type: 'ReservationPlaced',
    reservationId,
    orderId,
    takes: plan.takes,
    expiresAt: at + ttlMs,
    ...(channelId === undefined ? {} : { channelId }),
    requestHash,
    requested: quantity,
  });
}
