import { numberOf, recordsOf, textOf, type Fact } from './facts.js';

/** A hold that keeps units of stock from leaving. */
interface Block {
  /** Empty for every location. */
  readonly locationId: string;
  /** Infinite for all units. */
  units: number;
}

const TAKES_UNITS: ReadonlySet<string> = new Set(['ReservationCommitted', 'StockMoved', 'TransferShipped']);

/** Follows the holds on stock of one SKU and recomputes the held units of every location from them. */
export class Blocks {
  readonly #blocks = new Map<string, Block>();
  /** Held units as the events say, by location. */
  readonly #said = new Map<string, number>();
  #isUsed = false;

  /** @param onHand after the event @returns the faults of this event */
  observe(fact: Fact, onHand: ReadonlyMap<string, number>): readonly string[] {
    const faults: string[] = [];
    if (fact.type === 'HoldPlaced') faults.push(...this.#place(fact));
    if (fact.type === 'HoldReleased') faults.push(...this.#release(fact));
    for (const change of recordsOf(fact, 'held')) {
      const [locationId, delta] = [String(change['locationId']), Number(change['delta'])];
      this.#said.set(locationId, (this.#said.get(locationId) ?? 0) + delta);
      if (delta < 0 && TAKES_UNITS.has(fact.type) && textOf(fact, 'holdId') === '') faults.push(`${-delta} held units left ${locationId}`);
    }
    if (!this.#isUsed) return faults;
    for (const locationId of new Set([...onHand.keys(), ...this.#said.keys()])) {
      const [said, held] = [this.#said.get(locationId) ?? 0, this.#heldAt(locationId, onHand)];
      if (said !== held) faults.push(`${said} units are held at ${locationId} where the holds make ${held}`);
    }
    return faults;
  }

  /** On hand less held units, by location. */
  sellable(onHand: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    if (this.#blocks.size === 0) return onHand;
    return new Map([...onHand].map(([locationId, units]) => [locationId, units - this.#heldAt(locationId, onHand)]));
  }

  #heldAt(locationId: string, onHand: ReadonlyMap<string, number>): number {
    let named = 0;
    for (const block of this.#blocks.values()) if (block.locationId === '' || block.locationId === locationId) named += block.units;
    return Math.min(named, Math.max(0, onHand.get(locationId) ?? 0));
  }

  #place(fact: Fact): readonly string[] {
    this.#isUsed = true;
    const holdId = textOf(fact, 'holdId');
    const isKnown = this.#blocks.has(holdId);
    this.#blocks.set(holdId, { locationId: textOf(fact, 'locationId'), units: unitsIn(fact) });
    return isKnown ? [`${holdId} was placed twice`] : [];
  }

  #release(fact: Fact): readonly string[] {
    const holdId = textOf(fact, 'holdId');
    const block = this.#blocks.get(holdId);
    if (block === undefined) return [`${holdId} was released and is not held`];
    const units = unitsIn(fact);
    if (units > block.units) return [`${units} units of ${holdId} were released where ${block.units} are held`];
    if (units === block.units) this.#blocks.delete(holdId);
    else block.units -= units;
    return [];
  }
}

const unitsIn = (fact: Fact): number => (fact.data['quantity'] === undefined ? Number.POSITIVE_INFINITY : numberOf(fact, 'quantity'));
