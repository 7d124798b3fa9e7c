import { numberOf, textOf, unitsOf, type Fact } from './facts.js';
import { Holds, openUnits } from './holds.js';
import { LimitBooks } from './limit-books.js';
import { LineBooks } from './line-books.js';
import { Pages, type Chance } from './pages.js';
import { EMPTY_SHELVES, shelvesOf, unowedUnits, type Shelves } from './shelves.js';
import type { Waiter } from './waiter.js';

/** Enough for a run of the simulator; a log that breaks everywhere is not looked at again and again. */
const MOST_PAGES = 100_000;

const isOfReservation = (type: string): boolean => type.startsWith('Reservation');

/** Field that names what must take effect once, by type of event. */
const ONCE: Readonly<Record<string, string>> = {
  StockReceived: 'messageId',
  StockIssued: 'messageId',
  LevelReported: 'messageId',
  StockAdjusted: 'commandId',
  StockMoved: 'commandId',
  TransferReceived: 'receiptId',
  TransferShipped: 'transferId',
  InboundDeclared: 'commandId',
  InboundCancelled: 'commandId',
};

/** The books of one SKU, kept by hand from the fields of its events. */
export class StockBooks {
  readonly onHand = new Map<string, number>();
  readonly holds = new Holds();
  readonly #limits = new LimitBooks();
  readonly #line = new LineBooks();
  readonly #pages = new Pages();
  #shelves = EMPTY_SHELVES;
  /** Who waits as of the newest event. */
  #waiters: readonly Waiter[] = [];
  /** Checks made, to show that there were some. */
  checks = 0;
  readonly #once = new Map<string, number>();
  #pagesTurned = 0;

  /** @returns what is wrong as of this event */
  observe(fact: Fact): readonly string[] {
    const [before, line] = [this.#shelves, this.#waiters];
    this.#move(fact);
    const faults = [...(isOfReservation(fact.type) ? this.holds.observe(fact) : []), ...this.#twice(fact)];
    const reserved = this.#reserved();
    for (const [locationId, units] of reserved) {
      this.checks += 1;
      if (units < 0) faults.push(`${units} units are reserved at ${locationId}`);
    }
    const waiting = this.holds.line();
    this.#waiters = waiting;
    const promisable = (): number => this.#promisable(waiting) + (fact.data['waiting'] === undefined ? 0 : this.#line.leftToCome);
    const asShelved = shelvesOf(this.onHand, reserved, this.#limits.budget);
    faults.push(...this.#overPromised(fact, before, asShelved), ...this.#line.observe(fact, line, before, asShelved));
    this.#shelves = asShelved;
    faults.push(...this.#limits.observe(fact, this.holds.all, promisable));
    this.#shelves = { ...asShelved, budget: this.#limits.budget };
    this.checks += line.length === 0 ? 4 : 5;
    if (faults.length === 0 || this.#pagesTurned < MOST_PAGES) this.#turnPage(fact.position, waiting);
    return faults;
  }

  /** An ERP or a count may take away what is promised; a promise may not, but for what was declared, nor what another location owes. */
  #overPromised(fact: Fact, before: Shelves, now: Shelves): readonly string[] {
    if (!isOfReservation(fact.type)) return [];
    if (now.uncovered > Math.max(before.uncovered, now.budget)) return ['units were promised or sold that are not there'];
    const takes = fact.type === 'ReservationPlaced' || fact.type === 'ReservationPromoted' ? unitsOf(fact, 'takes') : [];
    return takes.length > 0 && unowedUnits(now) < 0 ? ['units were promised that another location owes'] : [];
  }

  /** What is wrong when nothing is going on. */
  settled(): readonly string[] {
    return this.#line.unserved(this.#waiters, this.#shelves);
  }

  /** How often a command's or message's effect stands in the log. */
  times(type: string, name: string): number {
    return this.#once.get(`${type} ${name}`) ?? 0;
  }

  reserved(): number {
    return [...this.holds.all.values()].reduce((units, hold) => units + openUnits(hold), 0);
  }

  /** The fewest units that could be promised at any moment of the chance. */
  fewestFree(chance: Chance): number {
    return this.#pages.fewestFree(chance);
  }

  /** The fewest that could be promised or waited for. */
  fewestToBeHad(chance: Chance): number {
    return this.#pages.fewestToBeHad(chance);
  }

  #twice(fact: Fact): readonly string[] {
    const field = ONCE[fact.type];
    if (field === undefined) return [];
    const name = textOf(fact, field);
    const times = this.times(fact.type, name) + 1;
    this.#once.set(`${fact.type} ${name}`, times);
    return times > 1 ? [`${fact.type} ${name} took effect ${times} times`] : [];
  }

  #move(fact: Fact): void {
    const { type } = fact;
    const from = textOf(fact, 'fromLocationId');
    const to = textOf(fact, 'toLocationId');
    const quantity = numberOf(fact, 'quantity');
    switch (type) {
      case 'StockMoved':
        this.#change(from, -quantity);
        return this.#change(to, quantity);
      case 'TransferShipped':
        return this.#change(from, -quantity);
      case 'TransferReceived':
        return this.#change(to, quantity);
      case 'TransferReturned':
        return this.#change(from, quantity);
      case 'ReservationCommitted':
        for (const take of unitsOf(fact, 'takes')) this.#change(take.locationId, -take.quantity);
        for (const take of unitsOf(fact, 'alreadyIssued')) this.#change(take.locationId, take.quantity);
        return;
      case 'ReservationCommitReversed':
        for (const take of unitsOf(fact, 'restored')) this.#change(take.locationId, take.quantity);
        return;
      default:
        // Every other change of stock says by how much, also one of a kind that is not known here.
        if (typeof fact.data['delta'] === 'number' && typeof fact.data['locationId'] === 'string') {
          this.#change(textOf(fact, 'locationId'), numberOf(fact, 'delta'));
        }
        for (const take of unitsOf(fact, 'reassigned')) this.#change(take.locationId, take.quantity);
    }
  }

  #change(locationId: string, units: number): void {
    this.onHand.set(locationId, (this.onHand.get(locationId) ?? 0) + units);
  }

  #reserved(): ReadonlyMap<string, number> {
    const reserved = new Map<string, number>();
    for (const { open } of this.holds.all.values()) {
      for (const [locationId, units] of open) reserved.set(locationId, (reserved.get(locationId) ?? 0) + units);
    }
    return reserved;
  }

  /** While somebody waits, what is left of the budget for overbooking serves nobody. */
  #promisable(waiting: readonly Waiter[]): number {
    const { uncovered, budget } = this.#shelves;
    const overbookable = waiting.length > 0 ? 0 : Math.max(0, budget - uncovered);
    return Math.max(0, unowedUnits(this.#shelves) + overbookable);
  }

  #turnPage(position: number, waiting: readonly Waiter[]): void {
    this.#pagesTurned += 1;
    this.#pages.turn(position, this.onHand, this.holds.all.values(), this.#line.toBeWaitedFor(waiting));
  }
}
