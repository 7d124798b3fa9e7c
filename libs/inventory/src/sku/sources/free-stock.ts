import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import type { SkuEvent } from '../events.js';
import { OVERDUE_ENDED_AT_ONCE } from '../limits.js';
import { asOf } from '../lots/expiry.js';
import { overdue } from '../reservations/expiry.js';
import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import { placeKey } from '../stock-place.js';
import { NONE_CLOSED, type Closed } from './closed.js';
import { promoteFirst } from '../supply/promotion.js';
import { hasWaiters, onlyWaits } from '../supply/supply.js';
import { plainTakes } from '../takes.js';

/** Stock as a decision uses it: overdue holds have ended. */
export interface FreeStock {
  /** The expiries of the overdue holds and the promotions that use their units; a decision that takes units appends them first. */
  readonly before: readonly SkuEvent[];
  /** Number of holds among these expiries; they no longer count for the limit of open reservations. */
  readonly endedHolds: number;
  /** Units at the location that may be promised and that no waiting reservation takes; never below 0. */
  readonly available: (locationId: string) => number;
  /** Units at the location that the overdue holds return. */
  readonly freed: (locationId: string) => number;
}

const NO_EVENTS: readonly SkuEvent[] = [];
const NONE_FREED = (): number => 0;

export interface FreeStockOptions {
  readonly onEnd?: (hold: OpenReservation) => void;
  /** Waiting reservations get nothing of these; what lies there is free as elsewhere for whoever may take it. */
  readonly closed?: Closed;
}

/**
 * Called by decisions that take units. Ends the overdue holds, soonest first, and calls `onEnd` for each. If there are very many, it stops
 * once `isEnough` returns true: an overdue hold never blocks a decision, and no decision grows without bound. Free units then go to waiting
 * reservations in order of arrival; the rest is for the decision.
 */
export function freeStock(
  state: SkuState,
  at: number,
  isEnough: (available: FreeStock['available'], freed: FreeStock['freed']) => boolean,
  { onEnd, closed = NONE_CLOSED }: FreeStockOptions = {},
): FreeStock {
  const holds = overdue(state.expiries, at);
  if (holds.length === 0 && !hasWaiters(state)) return unchangedStock(state);
  const expired: SkuEvent[] = [];
  const ended = new Set<string>();
  const freed = new Map<string, number>();
  const freedAt = (locationId: string): number => freed.get(locationId) ?? 0;
  const available = (locationId: string): number => unreservedAt(state, locationId, freedAt(locationId));
  for (const hold of holds) {
    if (onlyWaits(hold)) continue;
    const { reservationId, takes, expiresAt } = hold;
    if (expired.length >= OVERDUE_ENDED_AT_ONCE && isEnough(available, freedAt)) break;
    expired.push({ type: 'ReservationExpired', reservationId, takes: plainTakes(takes), expiresAt });
    ended.add(reservationId);
    onEnd?.(hold);
    for (const take of takes) freed.set(placeKey(take), freedAt(placeKey(take)) + take.quantity);
  }
  const promotions = promoteFirst(state, at, freedAt, ended, closed);
  if (promotions === undefined) return { before: expired, endedHolds: ended.size, available, freed: freedAt };
  for (const hold of promotions.ends) {
    onEnd?.(hold);
    for (const take of hold.takes) freed.set(placeKey(take), freedAt(placeKey(take)) + take.quantity);
  }
  const left = (locationId: string): number => (closed.has(locationId) ? available(locationId) : promotions.left(locationId));
  return { before: [...expired, ...promotions.events], endedHolds: ended.size, available: left, freed: freedAt };
}

/** Free stock where no hold is overdue and none waits. Most decisions use it; a map and a set that stay empty took a twentieth of their time. */
const unchangedStock = (state: SkuState): FreeStock => ({
  before: NO_EVENTS,
  endedHolds: 0,
  available: (locationId) => unreservedAt(state, locationId, 0),
  freed: NONE_FREED,
});

function unreservedAt({ balances }: SkuState, locationId: string, freedUnits: number): number {
  const balance = balances.get(locationId);
  return balance === undefined || isKeptByChannel(locationId)
    ? 0
    : Math.max(0, balance.onHand - balance.held - balance.reserved + freedUnits);
}

/** Units that may be promised at the location at that time: on hand less held units and those of reservations that are not overdue; never below 0. */
export const availableUnits = (state: SkuState, locationId: string, at: number): number =>
  freeStock(asOf(state, at).state, at, () => false).available(locationId);
