import { accept } from '../../decision.js';
import { balanceChanges } from '../event-table.js';
import type { SkuEvent } from '../events.js';
import type { SkuDecision } from '../refusals.js';
import type { Balance, SkuState } from '../state.js';
import type { HeldChange } from './events.js';
import { copyOfSums, countHold, heldUnits, noSums } from './held-units.js';
import type { HoldSums } from './state.js';

/**
 * Called for every decision on a SKU that has or gets a hold. Adds to each event the held units that it changes, so that readers know them
 * from the event alone: a receipt under a hold is held, a decrease below what is held lowers it.
 */
export function withHeld(state: SkuState, decision: SkuDecision): SkuDecision {
  if (decision.kind === 'refused' || decision.events.length === 0) return decision;
  const after = new BalancesAfter(state, decision.events);
  return accept(...decision.events.map((event) => after.complete(event)));
}

const changesHolds = ({ type }: SkuEvent): boolean => type === 'HoldPlaced' || type === 'HoldReleased';

/** Balances and holds as the events of one append change them, one by one. */
class BalancesAfter {
  readonly #balances = new Map<string, Balance>();
  readonly #sums: HoldSums;

  constructor(
    private readonly state: SkuState,
    events: readonly SkuEvent[],
  ) {
    const sums = state.detail?.sums ?? noSums();
    this.#sums = events.some(changesHolds) ? copyOfSums(sums) : sums;
  }

  complete(event: SkuEvent): SkuEvent {
    const touched = new Set<string>();
    for (const { place, onHand, reserved } of balanceChanges(event)) {
      const balance = this.#balance(place.locationId);
      balance.onHand += onHand;
      balance.reserved += reserved;
      if (onHand !== 0) touched.add(place.locationId);
    }
    if (event.type === 'HoldPlaced' || event.type === 'HoldReleased') {
      const { locationId } = this.#count(event) ?? {};
      for (const known of locationId === undefined ? this.#known() : [locationId]) touched.add(known);
    }
    const { held, uncoveredUnits } = this.#recount(touched);
    const completed = event.type === 'HoldPlaced' ? { ...event, uncoveredUnits } : event;
    return held.length === 0 ? completed : ({ ...completed, held } as SkuEvent);
  }

  #count(event: Extract<SkuEvent, { type: 'HoldPlaced' | 'HoldReleased' }>): { readonly locationId?: string | undefined } | undefined {
    const hold = event.type === 'HoldPlaced' ? event : this.state.detail?.holds.get(event.holdId);
    if (hold === undefined) return undefined;
    const { locationId } = hold;
    const scope = {
      ...(locationId === undefined ? {} : { locationId }),
      ...(event.quantity === undefined ? {} : { quantity: event.quantity }),
    };
    countHold(this.#sums, scope, event.type === 'HoldPlaced' ? 1 : -1);
    return hold;
  }

  /** Computes the held units of these locations, and the promised units that lose their cover by the change. */
  #recount(locations: Iterable<string>): { readonly held: readonly HeldChange[]; readonly uncoveredUnits: number } {
    const held: HeldChange[] = [];
    let uncoveredUnits = 0;
    for (const locationId of locations) {
      const balance = this.#balance(locationId);
      const units = heldUnits(this.#sums, locationId, balance.onHand);
      if (units === balance.held) continue;
      held.push({ locationId, delta: units - balance.held });
      uncoveredUnits += uncovered({ ...balance, held: units }) - uncovered(balance);
      balance.held = units;
    }
    return { held, uncoveredUnits: Math.max(0, uncoveredUnits) };
  }

  #known(): Iterable<string> {
    return new Set([...this.state.balances.keys(), ...this.#balances.keys()]);
  }

  #balance(locationId: string): Balance {
    const known = this.#balances.get(locationId);
    if (known !== undefined) return known;
    const { onHand = 0, reserved = 0, safetyStock = 0, held = 0 } = this.state.balances.get(locationId) ?? {};
    const copy = { onHand, reserved, safetyStock, held };
    this.#balances.set(locationId, copy);
    return copy;
  }
}

const uncovered = ({ onHand, reserved, held }: Balance): number => Math.max(0, reserved - (onHand - held));
