import { balanceChanges } from '../event-table.js';
import type { SkuEvent } from '../events.js';
import { DetailAfter } from '../lots/detail-after.js';
import type { ChangesPositions } from '../lots/events.js';
import type { Balance, SkuState } from '../state.js';
import type { HeldChange, HoldPlaced } from './events.js';
import { heldUnits } from './held-units.js';

/**
 * Called for every decision on a SKU that has or gets a hold, a lot or a bin. Adds to each event the held units that it changes, so that
 * readers know them from the event alone: a receipt under a hold is held, a decrease below what is held lowers it. Units that come to a place
 * where their lot is expired are recorded as expired before.
 * @param at time of the events, epoch milliseconds
 */
export function withHeld(state: SkuState, events: readonly SkuEvent[], at: number): readonly SkuEvent[] {
  const after = new BalancesAfter(state, events, at);
  return events.flatMap((event) => after.complete(event));
}

/** The state after events of lots, such as those that record what is due, and the events with the held units that they change. */
export function stateAfter(state: SkuState, events: readonly SkuEvent[], at: number): { state: SkuState; events: readonly SkuEvent[] } {
  const after = new BalancesAfter(state, events, at);
  const completed = events.flatMap((event) => after.complete(event));
  return { state: after.state, events: completed };
}

/** The units under it arrive with the next event, so no promise loses its cover. */
const bringsUnits = ({ receiptId, movedFrom }: HoldPlaced): boolean => receiptId !== undefined || movedFrom !== undefined;

/** Balances, holds and lots as the events of one append change them, one by one. */
class BalancesAfter {
  readonly #balances = new Map<string, Balance>();
  readonly #detail: DetailAfter;

  constructor(
    private readonly before: SkuState,
    events: readonly SkuEvent[],
    at: number,
  ) {
    this.#detail = new DetailAfter(before, events, at);
  }

  get state(): SkuState {
    return { ...this.before, detail: this.#detail.detail, balances: new Map([...this.before.balances, ...this.#balances]) };
  }

  complete(event: SkuEvent): readonly SkuEvent[] {
    const before = this.#detail.expiredOnArrival((event as ChangesPositions).positions ?? []).map((each) => this.#completed(each));
    const completed = this.#completed(event);
    const after = this.#detail.expiredByDate(event).map((each) => this.#completed(each));
    return [...before, completed, ...after];
  }

  #completed(event: SkuEvent): SkuEvent {
    const touched = new Set<string>();
    for (const { place, onHand, reserved } of balanceChanges(event)) {
      const balance = this.#balance(place.locationId);
      balance.onHand += onHand;
      balance.reserved += reserved;
      if (onHand !== 0) touched.add(place.locationId);
    }
    const changed = this.#detail.apply(event);
    for (const locationId of changed === 'all' ? this.#known() : changed) touched.add(locationId);
    const { held, uncoveredUnits } = this.#recount(touched);
    const isCounted = event.type === 'LotExpired' || (event.type === 'HoldPlaced' && !bringsUnits(event));
    const completed = isCounted ? { ...event, uncoveredUnits } : event;
    return held.length === 0 ? completed : ({ ...completed, held } as SkuEvent);
  }

  /** Computes the held units of these locations, and the promised units that lose their cover by the change. */
  #recount(locations: Iterable<string>): { readonly held: readonly HeldChange[]; readonly uncoveredUnits: number } {
    const held: HeldChange[] = [];
    let uncoveredUnits = 0;
    for (const locationId of locations) {
      const balance = this.#balance(locationId);
      const units = heldUnits(this.#detail.detail, locationId, balance.onHand);
      if (units === balance.held) continue;
      held.push({ locationId, delta: units - balance.held });
      uncoveredUnits += uncovered({ ...balance, held: units }) - uncovered(balance);
      balance.held = units;
    }
    return { held, uncoveredUnits: Math.max(0, uncoveredUnits) };
  }

  #known(): Iterable<string> {
    return new Set([...this.before.balances.keys(), ...this.#balances.keys()]);
  }

  #balance(locationId: string): Balance {
    const known = this.#balances.get(locationId);
    if (known !== undefined) return known;
    const { onHand = 0, reserved = 0, safetyStock = 0, held = 0 } = this.before.balances.get(locationId) ?? {};
    const copy = { onHand, reserved, safetyStock, held };
    this.#balances.set(locationId, copy);
    return copy;
  }
}

const uncovered = ({ onHand, reserved, held }: Balance): number => Math.max(0, reserved - (onHand - held));
