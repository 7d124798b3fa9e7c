import { numberOf, recordsOf, textOf, type Fact } from './facts.js';
import { LotBlocks, type Expiring, type HoldsOnLots } from './lot-blocks.js';

/** A hold that keeps units of stock from leaving. */
interface Block {
  /** Empty for every location. */
  readonly locationId: string;
  /** Undefined for units of any lot and of none. */
  lots: readonly string[] | undefined;
  /** Infinite for all units. */
  units: number;
}

const TAKES_UNITS: ReadonlySet<string> = new Set(['ReservationCommitted', 'StockMoved', 'TransferShipped']);
const FOLLOWS_SPLITS: ReadonlySet<string> = new Set(['recall', 'legal']);

/** Follows the holds, lots and positions of one SKU and recomputes the held units of every location from them. */
export class Blocks {
  readonly #blocks = new Map<string, Block>();
  readonly #lots = new LotBlocks();
  /** Held units as the events say, by location. */
  readonly #said = new Map<string, number>();
  /** Held units as the holds make them, after the newest event. */
  readonly #held = new Map<string, number>();
  readonly #onLots: HoldsOnLots = {
    isHeld: (locationId, lotId) => this.#isHeld(locationId, lotId),
    named: (locationId, lotId) => this.#ofLot(locationId, lotId),
  };
  #isUsed = false;

  /** @param onHand after the event @returns the faults of this event */
  observe(fact: Fact, onHand: ReadonlyMap<string, number>): readonly string[] {
    const faults: string[] = [];
    if (fact.type.startsWith('Lot') || fact.data['positions'] !== undefined) this.#isUsed = true;
    if (fact.type === 'LotDeclared' && textOf(fact, 'parentLotId') !== '') this.#share(textOf(fact, 'parentLotId'), textOf(fact, 'lotId'));
    if (fact.type === 'LotRenamed') this.#rename(textOf(fact, 'lotId'), textOf(fact, 'toLotId'));
    if (this.#isUsed) faults.push(...this.#lots.observe(fact, this.#onLots));
    if (fact.type === 'HoldPlaced') faults.push(...this.#place(fact));
    if (fact.type === 'HoldReleased') faults.push(...this.#release(fact));
    const mayTakeHeld =
      fact.type === 'ReservationCommitted'
        ? fact.data['allowUncovered'] === true
        : (fact.data['positions'] ?? fact.data['holdId']) !== undefined;
    for (const change of recordsOf(fact, 'held')) {
      const [locationId, delta] = [String(change['locationId']), Number(change['delta'])];
      this.#said.set(locationId, (this.#said.get(locationId) ?? 0) + delta);
      if (delta < 0 && !mayTakeHeld && TAKES_UNITS.has(fact.type)) faults.push(`${-delta} held units left ${locationId}`);
    }
    if (!this.#isUsed) return faults;
    for (const locationId of new Set([...onHand.keys(), ...this.#said.keys()])) {
      const [said, held] = [this.#said.get(locationId) ?? 0, this.#heldAt(locationId, onHand)];
      this.#held.set(locationId, held);
      if (said !== held) faults.push(`${said} units are held at ${locationId} where the holds make ${held}`);
    }
    return faults;
  }

  /** On hand less held units, by location. @param onHand as it was given with the newest event */
  sellable(onHand: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
    if (!this.#isUsed) return onHand;
    return new Map([...onHand].map(([locationId, units]) => [locationId, units - (this.#held.get(locationId) ?? 0)]));
  }

  /** Units that may leave now and are to expire. */
  expiring(): readonly Expiring[] {
    return this.#isUsed ? this.#lots.expiring(this.#onLots.isHeld) : [];
  }

  #heldAt(locationId: string, onHand: ReadonlyMap<string, number>): number {
    const [units, most] = [onHand.get(locationId) ?? 0, Math.max(0, onHand.get(locationId) ?? 0)];
    let named = 0;
    for (const block of this.#at(locationId)) if (block.lots === undefined) named += block.units;
    if (named === Number.POSITIVE_INFINITY) return most;
    const { kept, open } = this.#lots.keptAt(locationId, units, this.#onLots.isHeld);
    for (const [lotId, there] of open) named += Math.min(there, this.#ofLot(locationId, lotId));
    return kept + Math.min(named, Math.max(0, most - kept));
  }

  #at(locationId: string): readonly Block[] {
    return [...this.#blocks.values()].filter((block) => block.locationId === '' || block.locationId === locationId);
  }

  #isHeld(locationId: string, lotId: string): boolean {
    return this.#at(locationId).some(({ units, lots }) => units === Number.POSITIVE_INFINITY && (lots?.includes(lotId) ?? true));
  }

  /** Units of the lot that holds with a quantity name. */
  #ofLot(locationId: string, lotId: string): number {
    const named = this.#at(locationId).filter(({ lots, units }) => units < Number.POSITIVE_INFINITY && lots?.includes(lotId) === true);
    return named.reduce((sum, { units }) => sum + units, 0);
  }

  #share(lotId: string, splitId: string): void {
    for (const block of this.#blocks.values()) {
      if (block.units === Number.POSITIVE_INFINITY && block.lots?.includes(lotId) === true) block.lots = [...block.lots, splitId];
    }
  }

  #rename(lotId: string, toLotId: string): void {
    for (const block of this.#blocks.values()) block.lots = block.lots?.map((each) => (each === lotId ? toLotId : each));
  }

  #place(fact: Fact): readonly string[] {
    this.#isUsed = true;
    const [holdId, lotId, units] = [textOf(fact, 'holdId'), textOf(fact, 'lotId'), unitsIn(fact)];
    const isKnown = this.#blocks.has(holdId);
    const follows = units === Number.POSITIVE_INFINITY && FOLLOWS_SPLITS.has(textOf(fact, 'holdType'));
    const said = fact.data['lotIds'] as readonly string[] | undefined;
    const lots = lotId === '' ? undefined : (said ?? [lotId, ...(follows ? this.#lots.splitFrom(lotId) : [])]);
    this.#blocks.set(holdId, { locationId: textOf(fact, 'locationId'), lots, units });
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
