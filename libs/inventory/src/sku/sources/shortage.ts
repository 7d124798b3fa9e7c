import { refuse, type Refusal } from '../../decision.js';
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

/** What could be had instead of what was short. */
export type Alternative =
  /** So many units, from the locations that may serve: now, or waited for in part where that was asked for. */
  | { readonly kind: 'smaller_quantity'; readonly quantity: number }
  /** So many of the units now, from a location that was not asked for or that the channel's rule leaves out; name it as `locationId`. */
  | { readonly kind: 'other_location'; readonly locationId: string; readonly quantity: number }
  /**
   * All units at that time (epoch milliseconds): holds in the way end by then unless they are committed, or supply arrives, which a
   * reservation may wait for if it asks to.
   */
  | { readonly kind: 'later'; readonly at: number; readonly because: 'holds_end' | 'inbound_supply' };

/** What was short where, in units. */
export interface Shortage {
  readonly requested: number;
  readonly available: number;
  readonly byLocation: readonly { readonly locationId: string; readonly available: number }[];
  /** Where only holds of others are in the way: when the first of them may end. */
  readonly contendedUntil?: number;
  readonly alternatives: readonly Alternative[];
}

/** Says what was short where, and what could be had instead. @param eligible locations that may serve @param free units that these could serve now */
export function short(
  state: SkuState,
  command: PlaceReservation,
  eligible: SourcePlan['eligible'],
  stock: FreeStock,
  free: number,
  backorder?: Backorder,
): Refusal<'insufficient_stock'> {
  const mine = availableTo(state, candidates(state, command), stock);
  const onHand = eligible.reduce((units, { locationId }) => units + Math.max(0, state.balances.get(locationId)?.onHand ?? 0), 0);
  // What is owed comes first out of whatever gets free.
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

/** When all of it is there, for those who ask to wait for it. */
function whenSupplied(backorder: Backorder | undefined, missing: number): readonly Alternative[] {
  if (backorder === undefined || backorder.units < missing) return [];
  return [{ kind: 'later', at: backorder.waitFor(missing).waiting.expectedAt, because: 'inbound_supply' }];
}

/** Locations of the SKU beside those that may serve: what has all units first, then the most. */
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

/** The first holds to end at these locations, soonest first; of a SKU with very many, the soonest are looked at. */
function holdsInTheWay(state: SkuState, at: number, sources: SourcePlan['eligible']): readonly OpenReservation[] {
  const soonest = soonestExpiries(state.expiries, at, HOLDS_LOOKED_AT_FOR_A_DATE);
  const asked = new Set(sources.map(({ locationId }) => locationId));
  return soonest.filter(({ takes }) => takes.some(({ locationId }) => asked.has(locationId)));
}

/** When enough holds have ended, if nobody commits one; nothing where those looked at are not enough. */
function whenHoldsEnd(holds: readonly OpenReservation[], sources: SourcePlan['eligible'], missing: number): readonly Alternative[] {
  let rest = missing;
  for (const hold of holds) {
    rest -= unitsOf(hold, sources);
    if (rest <= 0) return [{ kind: 'later', at: hold.expiresAt, because: 'holds_end' }];
  }
  return [];
}
