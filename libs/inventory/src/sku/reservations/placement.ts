import { accept, refuse } from '../../decision.js';
import { MAX_OPEN_RESERVATIONS_PER_SKU } from '../limits.js';
import { quantityFault, ttlFault } from '../quantities.js';
import { servingNobody } from '../../locations/serving.js';
import type { SkuDecision } from '../refusals.js';
import { alsoClosed, type Closed } from '../sources/closed.js';
import { freeStock, type FreeStock } from '../sources/free-stock.js';
import { availableTo, openStock } from '../sources/owed.js';
import { short } from '../sources/shortage.js';
import type { Source } from '../sources/source-policy.js';
import { candidates, planSources, type SourcePlan } from '../sources/sources.js';
import type { SkuState } from '../state.js';
import { heldForOrder } from './orders.js';
import { totalUnits } from '../takes.js';
import type { PlaceReservation } from './commands.js';
import { limitRefusal, planWithinLimits, type LimitedPlan } from './limited-placement.js';

/**
 * Decides to place a reservation: takes units for a holder, or refuses and says what was short. A repeat with the same id changes nothing.
 */
export function place(state: SkuState, command: PlaceReservation, closed: Closed): SkuDecision {
  const { reservationId, orderId, quantity, ttlMs, at, requestHash, channelId, holderId } = command;
  const placed = state.reservations.get(reservationId) ?? state.ended.get(reservationId);
  if (placed !== undefined) return placed.requestHash === requestHash ? accept() : refuse('idempotency_mismatch', { reservationId });
  if (!state.known) return refuse('unknown_sku');
  const fault = quantityFault(quantity) ?? ttlFault(ttlMs);
  if (fault) return fault;

  const own = heldForOrder(state, command);
  if (own) return own;

  const sources = candidates(state, command);
  const { stock, plan } =
    state.limits === undefined ? planFree(state, command, sources, closed) : planWithinLimits(state, command, sources, closed);
  const limited = 'bound' in plan ? plan : undefined;
  const waitingUnits = limited?.waitingUnits ?? 0;
  const units = totalUnits(plan.takes) + waitingUnits;
  const enough = units >= quantity || (command.partial === true && units > 0);
  if (!enough) {
    const binding = limited && limitRefusal(state, command, limited);
    return binding ?? short(state, command, plan.eligible, stock, plan.available, limited?.backorder);
  }
  if (state.reservations.size - stock.endedHolds >= MAX_OPEN_RESERVATIONS_PER_SKU) {
    return refuse('too_many_open_reservations', { most: MAX_OPEN_RESERVATIONS_PER_SKU });
  }
  const wait = waitingUnits > 0 ? limited?.backorder?.waitFor(waitingUnits) : undefined;
  return accept(...stock.before, {
    type: 'ReservationPlaced',
    reservationId,
    orderId,
    takes: plan.takes,
    // A hold expires after its TTL unless it is extended. A reservation that only waits holds no stock, so it may live until its promised
    // date.
    expiresAt: plan.takes.length > 0 ? at + ttlMs : Math.max(at + ttlMs, wait?.until ?? 0),
    ...(channelId === undefined ? {} : { channelId }),
    ...(holderId === undefined ? {} : { holderId }),
    ...(limited !== undefined && limited.overbookedUnits > 0 ? { overbookedUnits: limited.overbookedUnits } : {}),
    ...(wait === undefined ? {} : { waiting: wait.waiting }),
    ...(command.soldAt === undefined ? {} : { soldAt: command.soldAt }),
    requestHash,
    requested: quantity,
  });
}

interface Planned {
  readonly stock: FreeStock;
  readonly plan: SourcePlan | LimitedPlan;
}

function planFree(state: SkuState, command: PlaceReservation, sources: readonly Source[], known: Closed): Planned {
  const closed = alsoClosed(known, servingNobody(command.sources));
  const planned = (stock: Pick<FreeStock, 'available' | 'freed'>): SourcePlan =>
    planSources(sources, availableTo(state, sources, openStock(stock, closed)), command);
  const isEnough: Parameters<typeof freeStock>[2] = (available, freed) => planned({ available, freed }).available >= command.quantity;
  const stock = openStock(freeStock(state, command.at, isEnough, { closed }), closed);
  return { stock, plan: planned(stock) };
}
