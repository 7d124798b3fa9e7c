import { refuse, type Refusal } from '../../decision.js';
import { sellableUnits } from '../holds/held-units.js';
import { HOLDS_LOOKED_AT_FOR_A_DATE, OTHER_LOCATIONS_NAMED } from '../limits.js';
import type { PlaceReservation } from '../reservations/commands.js';
import { soonestExpiries } from '../reservations/expiry.js';
import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import type { Backorder } from '../supply/backorders.js';
import { unitsAt } from '../takes.js';
import type { FreeStock } from './free-stock.js';
import { availableTo, owedBeyondFree, promisableUnits } from './owed.js';
import { candidates, type SourcePlan } from './sources.js';

/** Another request that would succeed. */
export type Alternative =
  /** A smaller number of units from the locations that may serve: now, or partly from supply if the request may wait. */
  | { readonly kind: 'smaller_quantity'; readonly quantity: number }
  /** Units now, from a location that was not requested or that the channel's rule excludes; name it as `locationId`. */
  | { readonly kind: 'other_location'; readonly locationId: string; readonly quantity: number }
  /**
   * All units at that time (epoch milliseconds): holds of others end by then unless they are committed, or supply arrives for which a
   * reservation may wait if it asks to.
   */
  | { readonly kind: 'later'; readonly at: number; readonly because: 'holds_end' | 'inbound_supply' };

/** The quantities of a request that was short, in units. */
export interface Shortage {
  readonly requested: number;
  readonly available: number;
  readonly byLocation: readonly { readonly locationId: string; readonly available: number }[];
  /** When the first of the holds may end, if only holds of others cause the shortage. */
  readonly contendedUntil?: number;
  readonly alternatives: readonly Alternative[];
}

/**
 * The refusal of a request that was short, with alternatives. @param eligible locations that may serve @param free units that these could
 * serve now
 */
export function short(
  state: SkuState,
  command: PlaceReservation,
  eligible: SourcePlan['eligible'],
  stock: FreeStock,
  free: number,
  backorder?: Backorder,
): Refusal<'insufficient_stock'> {
  const mine = availableTo(state, candidates(state, command), stock);
  const onHand = eligible.reduce((units, { locationId }) => {
    const balance = state.balances.get(locationId);
    return units + (balance === undefined ? 0 : Math.max(0, sellableUnits(balance)));
  }, 0);
  // Owed units are covered first by units that become free.
  const owed = owedBeyondFree(state, stock);
  const inTheWay = onHand >= command.quantity + owed ? holdsInTheWay(state, command.at, eligible) : [];
  const fewer = free + (command.backorder === true ? (backorder?.units ?? 0) : 0);
  const contendedUntil = inTheWay[0]?.expiresAt;
  const shortage: Shortage = {
    requested: command.quantity,
    available: free,
    byLocation: eligible.map(({ locationId }) => ({ locationId, available: mine(locationId) })),
    ...(contendedUntil === undefined ? {} : { contendedUntil }),
    alternatives: [
      ...(fewer > 0 ? [{ kind: 'smaller_quantity', quantity: fewer } as const] : []),
      ...otherLocations(state, command, eligible, stock),
      ...whenHoldsEnd(inTheWay, eligible, command.quantity - free + owed),
      ...whenSupplied(backorder, command.quantity - free),
    ],
  };
  return refuse('insufficient_stock', { ...shortage });
}

/** When all units arrive, for requests that may wait. */
function whenSupplied(backorder: Backorder | undefined, missing: number): readonly Alternative[] {
  if (backorder === undefined || backorder.units < missing) return [];
  return [{ kind: 'later', at: backorder.waitFor(missing).waiting.expectedAt, because: 'inbound_supply' }];
}

/** Other locations of the SKU: one that has all units first, then those with most. */
function otherLocations(
  state: SkuState,
  { sources, quantity, locationId: only }: PlaceReservation,
  eligible: SourcePlan['eligible'],
  stock: FreeStock,
): readonly Alternative[] {
  if (only === undefined && eligible.length >= state.balances.size) return [];
  const asked = new Set(eligible.map(({ locationId }) => locationId));
  const most = Math.min(quantity, promisableUnits(state, stock));
  if (most === 0) return [];
  return candidates(state, { sources })
    .filter(({ locationId }) => !asked.has(locationId) && stock.available(locationId) > 0)
    .map(({ locationId }) => ({ kind: 'other_location', locationId, quantity: Math.min(most, stock.available(locationId)) }) as const)
    .sort((one, other) => other.quantity - one.quantity)
    .slice(0, OTHER_LOCATIONS_NAMED);
}

const unitsOf = ({ takes }: OpenReservation, sources: SourcePlan['eligible']): number =>
  sources.reduce((units, source) => units + unitsAt(takes, source), 0);

/** The holds at these locations that end first, soonest first; only a limited number is considered. */
function holdsInTheWay(state: SkuState, at: number, sources: SourcePlan['eligible']): readonly OpenReservation[] {
  const soonest = soonestExpiries(state.expiries, at, HOLDS_LOOKED_AT_FOR_A_DATE);
  const asked = new Set(sources.map(({ locationId }) => locationId));
  return soonest.filter(({ takes }) => takes.some(({ locationId }) => asked.has(locationId)));
}

/** When enough holds have ended, if none is committed; nothing if the considered holds are not enough. */
function whenHoldsEnd(holds: readonly OpenReservation[], sources: SourcePlan['eligible'], missing: number): readonly Alternative[] {
  let rest = missing;
  for (const hold of holds) {
    rest -= unitsOf(hold, sources);
    if (rest <= 0) return [{ kind: 'later', at: hold.expiresAt, because: 'holds_end' }];
  }
  return [];
}
