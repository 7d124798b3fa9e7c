import { Blocks } from './blocks.js';
import { Books } from './books.js';
import type { Expiring } from './lot-blocks.js';
import { numberOf, recordsOf, textOf, unitsOf, type Fact } from './facts.js';
import { Holds, openUnits } from './holds.js';
import { LimitAudit } from './limit-audit.js';
import { WaitingAudit } from './waiting-audit.js';
import { Pages, type Chance } from './pages.js';
import { NO_FREE_UNITS, freeUnitsOf, unowedUnits, type FreeUnits } from './free-units.js';
import { Transits } from './transits.js';
import type { Waiter } from './waiter.js';

/** Enough for a run of the simulator. In a log with faults everywhere no more states are stored. */
const MOST_PAGES = 100_000;

const isOfReservation = (type: string): boolean => type.startsWith('Reservation');

/** For each type of event, the fields that identify an effect that must happen once. */
const ONCE: Readonly<Record<string, readonly string[]>> = {
  StockReceived: ['messageId'],
  StockIssued: ['messageId'],
  LevelReported: ['messageId'],
  StockAdjusted: ['commandId', 'locationId'],
  StockMoved: ['commandId'],
  TransferReceived: ['receiptId'],
  TransferShipped: ['transferId'],
  InboundDeclared: ['commandId'],
  InboundCancelled: ['commandId'],
  HoldPlaced: ['holdId', 'commandId'],
  TransferLost: ['transferId'],
  HoldReleased: ['holdId', 'releaseId'],
};

/** Events that move units, keep them or promise them: the company has as many after them. */
const KEEPS_TOTAL = /^(Lot|Hold|Positions|Transfer(?!Lost)|StockMoved|Reservation(?!Commit))/;

/** Checks one SKU from the fields of its events, with its own counters. */
export class StockAudit {
  readonly onHand = new Map<string, number>();
  readonly holds = new Holds();
  readonly #blocks = new Blocks();
  readonly #transits = new Transits();
  readonly #books = new Books();
  readonly #limits = new LimitAudit();
  readonly #waiting = new WaitingAudit();
  readonly #pages = new Pages();
  #freeUnits = NO_FREE_UNITS;
  /** Reservations that wait as of the newest event. */
  #waiters: readonly Waiter[] = [];
  /** Number of checks made. */
  checks = 0;
  readonly #once = new Map<string, number>();
  #pagesTurned = 0;
  /** Units that may leave now and are to expire. */
  #expiring: readonly Expiring[] = [];
  /** On hand over all locations. */
  #units = 0;

  /** @returns the faults of this event */
  observe(fact: Fact): readonly string[] {
    const [before, waiters, total] = [this.#freeUnits, this.#waiters, this.#units + this.#transits.units];
    this.#move(fact);
    const faults = [...(isOfReservation(fact.type) ? this.holds.observe(fact) : []), ...this.#twice(fact)];
    faults.push(...this.#books.observe(fact), ...this.#blocks.observe(fact, this.onHand), ...this.#transits.observe(fact));
    const more = this.#units + this.#transits.units - total;
    if (more !== 0 && KEEPS_TOTAL.test(fact.type)) faults.push(`${fact.type} changed the units of the company by ${more}`);
    const sellable = this.#blocks.sellable(this.onHand);
    const reserved = this.#reserved();
    for (const [locationId, units] of reserved) {
      this.checks += 1;
      if (units < 0) faults.push(`${units} units are reserved at ${locationId}`);
    }
    const waiting = this.holds.waiters();
    this.#waiters = waiting;
    const promisable = (): number => this.#promisable(waiting) + (fact.data['waiting'] === undefined ? 0 : this.#waiting.leftToCome);
    this.#expiring = this.#blocks.expiring();
    faults.push(...this.#countedAsGood(fact));
    const freeUnits = freeUnitsOf(sellable, reserved, this.#limits.budget);
    faults.push(...this.#overPromised(fact, before, freeUnits), ...this.#waiting.observe(fact, waiters, before, freeUnits));
    this.#freeUnits = freeUnits;
    faults.push(...this.#limits.observe(fact, this.holds.all, promisable));
    this.#freeUnits = { ...freeUnits, budget: this.#limits.budget };
    this.checks += waiters.length === 0 ? 4 : 5;
    if (faults.length === 0 || this.#pagesTurned < MOST_PAGES) this.#turnPage(fact.position, sellable, waiting);
    return faults;
  }

  /**
   * An ERP or a count may take away promised units. A promise must not use units that are missing, except within the budget, or owed by
   * another location.
   */
  #overPromised(fact: Fact, before: FreeUnits, now: FreeUnits): readonly string[] {
    if (!isOfReservation(fact.type)) return [];
    if (now.uncovered > Math.max(before.uncovered, now.budget)) return ['units were promised or sold that are not there'];
    const takes = fact.type === 'ReservationPlaced' || fact.type === 'ReservationPromoted' ? unitsOf(fact, 'takes') : [];
    return takes.length > 0 && unowedUnits(now) < 0 ? ['units were promised that another location owes'] : [];
  }

  /** A decision on a reservation writes down first what is expired by its time. */
  #countedAsGood(fact: Fact): readonly string[] {
    const due = isOfReservation(fact.type) ? this.#expiring.find(({ expiresAt }) => expiresAt <= fact.at) : undefined;
    return due === undefined ? [] : [`${due.units} expired units at ${due.locationId} counted as good`];
  }

  /** Faults of a state in which nothing is being processed. */
  settled(): readonly string[] {
    return this.#waiting.unserved(this.#waiters, this.#freeUnits);
  }

  /** How often the effect of a command or message is in the log. */
  times(type: string, name: string): number {
    return this.#once.get(`${type} ${name}`) ?? 0;
  }

  /** Units of the transfer that have not arrived. */
  onTheWay(transferId: string): number {
    return this.#transits.of(transferId);
  }

  reserved(): number {
    return [...this.holds.all.values()].reduce((units, hold) => units + openUnits(hold), 0);
  }

  /** The fewest units that could be promised at any moment of the window. */
  fewestFree(chance: Chance): number {
    return this.#pages.fewestFree(chance);
  }

  /** The fewest that could be promised or waited for. */
  fewestToBeHad(chance: Chance): number {
    return this.#pages.fewestToBeHad(chance);
  }

  #twice(fact: Fact): readonly string[] {
    const fields = ONCE[fact.type];
    if (fields === undefined) return [];
    // What is scrapped of a hold on several lots is one change for each of them.
    const [ofLot] = fact.type === 'StockAdjusted' && fact.data['holdId'] !== undefined ? recordsOf(fact, 'positions') : [];
    const names = fields.map((field) => textOf(fact, field));
    const name = [...names, ...(ofLot === undefined ? [] : [String(ofLot['lotId'])])].join(' ');
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
        this.#change(fact, from, -quantity);
        return this.#change(fact, to, quantity);
      case 'TransferShipped':
        return this.#change(fact, from, -quantity);
      case 'TransferReceived':
        return this.#change(fact, to, quantity);
      case 'TransferReturned':
        return this.#change(fact, from, quantity);
      case 'ReservationCommitted':
        for (const take of unitsOf(fact, 'takes')) this.#change(fact, take.locationId, -take.quantity);
        for (const take of unitsOf(fact, 'alreadyIssued')) this.#change(fact, take.locationId, take.quantity);
        return;
      case 'ReservationCommitReversed':
        for (const take of unitsOf(fact, 'restored')) this.#change(fact, take.locationId, take.quantity);
        return;
      default:
        // Every other change of stock has its difference as `delta`, also one of a type that is not known here.
        if (typeof fact.data['delta'] === 'number' && typeof fact.data['locationId'] === 'string') {
          this.#change(fact, textOf(fact, 'locationId'), numberOf(fact, 'delta'));
        }
        for (const take of unitsOf(fact, 'reassigned')) this.#change(fact, take.locationId, take.quantity);
    }
  }

  #change(fact: Fact, locationId: string, units: number): void {
    this.#books.change(fact, locationId, units);
    this.#units += units;
    this.onHand.set(locationId, (this.onHand.get(locationId) ?? 0) + units);
  }

  #reserved(): ReadonlyMap<string, number> {
    const reserved = new Map<string, number>();
    for (const { open } of this.holds.all.values()) {
      for (const [locationId, units] of open) reserved.set(locationId, (reserved.get(locationId) ?? 0) + units);
    }
    return reserved;
  }

  /** While a reservation waits, the budget for overbooking may not be used. */
  #promisable(waiting: readonly Waiter[]): number {
    const { uncovered, budget } = this.#freeUnits;
    const overbookable = waiting.length > 0 ? 0 : Math.max(0, budget - uncovered);
    return Math.max(0, unowedUnits(this.#freeUnits) + overbookable);
  }

  #turnPage(position: number, sellable: ReadonlyMap<string, number>, waiting: readonly Waiter[]): void {
    this.#pagesTurned += 1;
    const waitable = this.#waiting.toBeWaitedFor(waiting);
    this.#pages.turn(position, sellable, this.holds.all.values(), { toBeWaitedFor: waitable, expiring: this.#expiring });
  }
}
