import { accept } from '../../decision.js';
import type { BalanceChange } from '../balance-change.js';
import { balanceChanges } from '../event-table.js';
import type { SkuEvent } from '../events.js';
import { PROMOTED_AT_ONCE } from '../limits.js';
import type { SkuDecision } from '../refusals.js';
import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import { chosenTake, type ExplainedTake } from '../stock-place.js';
import { plainTakes, totalUnits } from '../takes.js';
import type { Supply, Waiter } from './state.js';
import { isOverdue, servedBy } from './supply.js';

/** Who gets what of the units that are free. */
export interface Promotions {
  /** Promotions, at most `PROMOTED_AT_ONCE` (the next decision goes on), and the ends of those whose turn came too late. */
  readonly events: readonly SkuEvent[];
  /** Reservations that these end. */
  readonly ends: readonly OpenReservation[];
  /** Units at the location that nobody waits for; never below 0. */
  readonly left: (locationId: string) => number;
}

/** Hands free units to those who wait, in the order in which they came. */
class Line {
  readonly events: SkuEvent[] = [];
  readonly #ends: OpenReservation[] = [];
  readonly #free = new Map<string, number>();
  /** Units that are promised and not there. */
  readonly #uncovered = new Map<string, number>();

  /**
   * @param unpromised on hand less what is reserved, by location
   * @param overbookingUnits of those promised and not there, so many were declared
   * @param served units that earlier events of the same append have promoted, by reservation
   * @param ended reservations that these have ended
   */
  constructor(
    private readonly at: number,
    unpromised: Iterable<readonly [string, number]>,
    private readonly overbookingUnits: number,
    private readonly served: Map<string, number>,
    private readonly ended: Set<string>,
  ) {
    for (const [locationId, units] of unpromised) {
      if (units > 0) this.#free.set(locationId, units);
      if (units < 0) this.#uncovered.set(locationId, -units);
    }
  }

  serve({ waiters, waitingUnits, choosyWaiters }: Supply, most: number): Promotions {
    const isPlain = choosyWaiters === 0;
    // Whoever's turn came too late gives back what it held in part, to those before it first.
    while (!this.#passedOnce(waiters, most, () => isPlain && this.#isUsedUp(waitingUnits)));
    return { events: this.events, ends: this.#ends, left: (locationId) => this.#free.get(locationId) ?? 0 };
  }

  /** Whether those who are not served yet have a use for all that is free. */
  #isUsedUp(waitingUnits: number): boolean {
    let needed = waitingUnits;
    for (const units of this.served.values()) needed -= units;
    for (const units of this.#free.values()) needed -= units;
    return needed >= 0;
  }

  #passedOnce(waiters: Supply['waiters'], most: number, isUsedUp: () => boolean): boolean {
    for (const waiter of waiters.values()) {
      if (this.served.size === most && isUsedUp()) this.#free.clear();
      if (this.#free.size === 0 || this.#spare() === 0) return true;
      if (this.ended.has(waiter.reservationId)) continue;
      if (isOverdue(waiter, this.at)) {
        this.#end(waiter);
        return false;
      }
      this.#give(waiter, most);
    }
    return true;
  }

  /** Free units that no location owes. */
  #spare(): number {
    if (this.#uncovered.size === 0) return Number.POSITIVE_INFINITY;
    let owed = -this.overbookingUnits;
    for (const units of this.#uncovered.values()) owed += units;
    let spare = -Math.max(0, owed);
    for (const units of this.#free.values()) spare += units;
    return Math.max(0, spare);
  }

  #end(waiter: Waiter): void {
    const { reservationId, takes, expiresAt } = waiter;
    this.ended.add(reservationId);
    this.#ends.push(waiter);
    this.events.push({ type: 'ReservationExpired', reservationId, takes: plainTakes(takes), expiresAt });
    for (const { locationId, quantity } of takes) {
      const uncovered = this.#uncovered.get(locationId) ?? 0;
      this.#uncovered.set(locationId, Math.max(0, uncovered - quantity));
      if (quantity > uncovered) this.#free.set(locationId, (this.#free.get(locationId) ?? 0) + quantity - uncovered);
    }
  }

  #give({ reservationId, waiting, expiresAt: heldSoFar }: Waiter, most: number): void {
    const served = this.served.get(reservationId) ?? 0;
    const takes = this.#choose(Math.min(waiting.units - served, this.#spare()), waiting.locationIds);
    if (takes.length === 0) return;
    const units = served + totalUnits(takes);
    this.served.set(reservationId, units);
    const waitingUnits = waiting.units - units;
    const heldUntil = this.at + waiting.ttlMs;
    // What came in part is kept with the rest until that comes, too: whoever waits for five is not served by two that expire meanwhile.
    const expiresAt = Math.max(heldUntil, waitingUnits === 0 ? waiting.grantedUntil : heldSoFar);
    if (this.served.size <= most) this.events.push({ type: 'ReservationPromoted', reservationId, takes, waitingUnits, expiresAt });
  }

  /** One location that has all, else the fullest first, ties by id. */
  #choose(quantity: number, locationIds: readonly string[] | undefined): readonly ExplainedTake[] {
    const able = [...this.#free]
      .filter(([locationId]) => servedBy(locationIds, locationId))
      .sort(([one, units], [other, more]) => more - units || (one < other ? -1 : 1));
    const takes: ExplainedTake[] = [];
    let rest = quantity;
    for (const [locationId, units] of able) {
      if (rest === 0) break;
      const taken = Math.min(rest, units);
      takes.push(chosenTake(locationId, taken, 'waited for it'));
      rest -= taken;
      if (units > taken) this.#free.set(locationId, units - taken);
      else this.#free.delete(locationId);
    }
    return takes;
  }
}

/**
 * What of the free units goes to those who wait, before anybody who comes now; undefined where nobody waits.
 * @param freed units at a location that overdue holds give back
 * @param ended these holds, by reservation
 */
export function promoteFirst(
  state: SkuState,
  at: number,
  freed: (locationId: string) => number,
  ended: Set<string>,
): Promotions | undefined {
  const { supply } = state;
  if (supply === undefined || supply.waiters.size === 0) return undefined;
  const unpromised = [...state.balances].map(
    ([locationId, { onHand, reserved }]) => [locationId, onHand - reserved + freed(locationId)] as const,
  );
  return new Line(at, unpromised, overbookingOf(state), new Map(), ended).serve(supply, PROMOTED_AT_ONCE);
}

/**
 * The decision, and what it frees handed on to those who wait: all in one append, so that nobody comes in between. What frees nothing
 * serves nobody, but for a commit: where more waited than one decision serves, those who were served bring the next ones in.
 */
export function withPromotions(state: SkuState, at: number, decision: SkuDecision): SkuDecision {
  const { supply } = state;
  if (decision.kind === 'refused' || supply === undefined || supply.waiters.size === 0) return decision;
  const changes = decision.events.flatMap((event) => balanceChanges(event));
  const overbookingUnits = budgetAfter(decision.events) ?? overbookingOf(state);
  const frees = changes.some(({ onHand, reserved }) => onHand > reserved) || overbookingUnits > overbookingOf(state);
  if (!frees && !decision.events.some(isLastCommit)) return decision;
  const { served, ended } = lineChanges(decision.events);
  const { events } = new Line(at, unpromisedAfter(state, changes), overbookingUnits, served, ended).serve(supply, PROMOTED_AT_ONCE);
  return events.length === 0 ? decision : accept(...decision.events, ...events);
}

const overbookingOf = ({ limits }: SkuState): number => limits?.overbookingUnits ?? 0;

/** What is declared is not owed: with a larger budget, units that were kept back are free. */
const budgetAfter = (events: readonly SkuEvent[]): number | undefined =>
  events.reduce<number | undefined>((units, event) => (event.type === 'LimitsSet' ? event.overbookingUnits : units), undefined);

const isLastCommit = (event: SkuEvent): boolean => event.type === 'ReservationCommitted' && event.openUnits === 0;

/** What events that are not applied yet do to those who wait. */
export function lineChanges(events: readonly SkuEvent[]): { readonly served: Map<string, number>; readonly ended: Set<string> } {
  const served = new Map<string, number>();
  const ended = new Set<string>();
  for (const event of events) {
    if (event.type === 'ReservationReleased' || event.type === 'ReservationExpired') ended.add(event.reservationId);
    const units = unitsNoLongerWaitedFor(event);
    if (units > 0 && 'reservationId' in event) served.set(event.reservationId, (served.get(event.reservationId) ?? 0) + units);
  }
  return { served, ended };
}

function unitsNoLongerWaitedFor(event: SkuEvent): number {
  if (event.type === 'ReservationPromoted') return totalUnits(event.takes);
  return event.type === 'ReservationReduced' ? event.givenUpUnits : 0;
}

function unpromisedAfter(state: SkuState, changes: readonly BalanceChange[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const [locationId, { onHand, reserved }] of state.balances) units.set(locationId, onHand - reserved);
  for (const { place, onHand, reserved } of changes) {
    units.set(place.locationId, (units.get(place.locationId) ?? 0) + onHand - reserved);
  }
  return units;
}
