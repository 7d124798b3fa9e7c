import { isKeptByChannel } from '../../locations/kept-by-channel.js';
import { accept } from '../../decision.js';
import type { BalanceChange } from '../balance-change.js';
import { balanceChanges } from '../event-table.js';
import type { SkuEvent } from '../events.js';
import { PROMOTED_AT_ONCE } from '../limits.js';
import type { SkuDecision } from '../refusals.js';
import type { Closed } from '../sources/closed.js';
import type { OpenReservation } from '../reservations/state.js';
import type { SkuState } from '../state.js';
import { chosenTake, type ExplainedTake } from '../stock-place.js';
import { plainTakes, totalUnits } from '../takes.js';
import type { Supply, Waiter } from './state.js';
import { isOverdue, servedBy } from './supply.js';

/** The free units that waiting reservations get. */
export interface Promotions {
  /**
   * At most `PROMOTED_AT_ONCE` promotions (the next decision continues), and expiries of reservations that were overdue before they could
   * be served.
   */
  readonly events: readonly SkuEvent[];
  /** Reservations that these events end. */
  readonly ends: readonly OpenReservation[];
  /** Units at the location that no waiting reservation takes; never below 0. */
  readonly left: (locationId: string) => number;
}

/** Assigns free units to waiting reservations in order of arrival. */
class BackorderQueue {
  readonly events: SkuEvent[] = [];
  readonly #ends: OpenReservation[] = [];
  readonly #free = new Map<string, number>();
  /** Promised units beyond on hand, by location. */
  readonly #uncovered = new Map<string, number>();

  /**
   * @param unpromised on hand less held and reserved, by location
   * @param overbookingUnits declared budget of promised units beyond on hand
   * @param served units that earlier events of the same append promoted, by reservation
   * @param ended reservations that these events ended
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
    // An overdue reservation returns the units that it held in part; then the assignment starts again from the first.
    while (!this.#passedOnce(waiters, most, () => isPlain && this.#isUsedUp(waitingUnits)));
    return { events: this.events, ends: this.#ends, left: (locationId) => this.#free.get(locationId) ?? 0 };
  }

  /** Whether the reservations that are not served yet need all free units. */
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
    // Units that came in part are kept until the rest comes: of a reservation that waits for five, two must not expire meanwhile.
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
 * Promotes waiting reservations before a new one takes units; undefined if none waits.
 * @param freed units at a location that overdue holds return
 * @param ended these holds, by reservation
 * @param closed what lies there serves nobody and covers no promise
 */
export function promoteFirst(
  state: SkuState,
  at: number,
  freed: (locationId: string) => number,
  ended: Set<string>,
  closed: Closed,
): Promotions | undefined {
  const { supply } = state;
  if (supply === undefined || supply.waiters.size === 0) return undefined;
  const unpromised = [...state.balances]
    .filter(([locationId]) => !isKeptByChannel(locationId))
    .map(([locationId, { onHand, held, reserved }]) => {
      const covering = closed.has(locationId) ? 0 : onHand - held;
      return [locationId, covering - reserved + freed(locationId)] as const;
    });
  return new BackorderQueue(at, unpromised, overbookingOf(state), new Map(), ended).serve(supply, PROMOTED_AT_ONCE);
}

/**
 * Called for every decision. Adds promotions with the units that the decision frees, in the same append, so that no other command takes
 * them. A decision that frees nothing promotes nothing, except a commit: if more reservations waited than one decision serves, the commits
 * of the served ones continue the promotion.
 */
export function withPromotions(state: SkuState, at: number, decision: SkuDecision, closed: Closed): SkuDecision {
  const { supply } = state;
  if (decision.kind === 'refused' || supply === undefined || supply.waiters.size === 0) return decision;
  const changes = decision.events.flatMap((event) => balanceChanges(event));
  const overbookingUnits = budgetAfter(decision.events) ?? overbookingOf(state);
  const frees = changes.some(({ onHand, reserved, held = 0 }) => onHand - held > reserved) || overbookingUnits > overbookingOf(state);
  if (!frees && !decision.events.some(isLastCommit)) return decision;
  const { served, ended } = waitingChanges(decision.events);
  const { events } = new BackorderQueue(at, unpromisedAfter(state, changes, closed), overbookingUnits, served, ended).serve(
    supply,
    PROMOTED_AT_ONCE,
  );
  return events.length === 0 ? decision : accept(...decision.events, ...events);
}

const overbookingOf = ({ limits }: SkuState): number => limits?.overbookingUnits ?? 0;

/**
 * The budget after the events. Overbooked units within the budget are not owed, so with a larger budget units that were kept back are free.
 */
const budgetAfter = (events: readonly SkuEvent[]): number | undefined =>
  events.reduce<number | undefined>((units, event) => (event.type === 'LimitsSet' ? event.overbookingUnits : units), undefined);

const isLastCommit = (event: SkuEvent): boolean => event.type === 'ReservationCommitted' && event.openUnits === 0;

/** The effect on waiting reservations of events that are not applied yet. */
export function waitingChanges(events: readonly SkuEvent[]): { readonly served: Map<string, number>; readonly ended: Set<string> } {
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

function unpromisedAfter(state: SkuState, changes: readonly BalanceChange[], closed: Closed): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  const add = (locationId: string, { onHand, held, reserved }: Readonly<Record<'onHand' | 'held' | 'reserved', number>>): void => {
    const covering = closed.has(locationId) ? 0 : onHand - held;
    units.set(locationId, (units.get(locationId) ?? 0) + covering - reserved);
  };
  for (const [locationId, balance] of state.balances) add(locationId, balance);
  for (const { place, onHand, reserved, held = 0 } of changes) add(place.locationId, { onHand, reserved, held });
  for (const locationId of units.keys()) if (isKeptByChannel(locationId)) units.delete(locationId);
  return units;
}
