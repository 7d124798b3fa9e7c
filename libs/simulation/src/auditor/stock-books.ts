import { numberOf, sum, textOf, unitsOf, type Fact } from './facts.js';
import { Holds, openUnits } from './holds.js';
import { LimitBooks } from './limit-books.js';

/** What could be promised as of one event. */
interface Page {
  readonly position: number;
  readonly onHand: ReadonlyMap<string, number>;
  readonly held: readonly { readonly expiresAt: number; readonly open: ReadonlyMap<string, number> }[];
}

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
};

/** The books of one SKU, kept by hand from the fields of its events. */
export class StockBooks {
  readonly onHand = new Map<string, number>();
  readonly holds = new Holds();
  readonly #limits = new LimitBooks();
  /** Checks made, to show that there were some. */
  checks = 0;
  readonly #once = new Map<string, number>();
  readonly #pages: Page[] = [];

  /** @returns what is wrong as of this event */
  observe(fact: Fact): readonly string[] {
    const uncovered = this.#uncovered();
    this.#move(fact);
    const faults = [...(isOfReservation(fact.type) ? this.holds.observe(fact) : []), ...this.#twice(fact)];
    for (const [locationId, units] of this.#reserved()) {
      this.checks += 1;
      if (units < 0) faults.push(`${units} units are reserved at ${locationId}`);
    }
    this.checks += 3;
    // An ERP or a count may take away what is promised; a promise may not, but for what was declared.
    if (isOfReservation(fact.type) && this.#uncovered() > Math.max(uncovered, this.#limits.budget)) {
      faults.push('units were promised or sold that are not there');
    }
    faults.push(...this.#limits.observe(fact, this.holds.all, () => this.#promisable()));
    if (faults.length === 0 || this.#pages.length < 100_000) this.#turnPage(fact.position);
    return faults;
  }

  /** How often a command's or message's effect stands in the log. */
  times(type: string, name: string): number {
    return this.#once.get(`${type} ${name}`) ?? 0;
  }

  reserved(): number {
    return [...this.holds.all.values()].reduce((units, hold) => units + openUnits(hold), 0);
  }

  /** The fewest units that could be promised at any moment of the log from one position to another, at one location or all. */
  fewestFree(from: number, to: number, at: number, locationId?: string): number {
    let fewest = Number.POSITIVE_INFINITY;
    for (const [index, page] of this.#pages.entries()) {
      const next = this.#pages[index + 1]?.position ?? Number.POSITIVE_INFINITY;
      if (page.position <= to && next > from) fewest = Math.min(fewest, freeOn(page, at, locationId));
    }
    return fewest === Number.POSITIVE_INFINITY ? 0 : Math.min(fewest, this.#knownFrom() > from ? 0 : fewest);
  }

  #knownFrom(): number {
    return this.#pages[0]?.position ?? Number.POSITIVE_INFINITY;
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

  #uncovered(): number {
    const over = [...this.#reserved()].map(([locationId, units]) => ({
      quantity: Math.max(0, units - (this.onHand.get(locationId) ?? 0)),
    }));
    const below = [...this.onHand].map(([locationId, units]) => ({
      quantity: this.#reserved().has(locationId) ? 0 : Math.max(0, -units),
    }));
    return sum([...over, ...below]);
  }

  #promisable(): number {
    const reserved = this.#reserved();
    const free = [...this.onHand].map(([locationId, units]) => ({ quantity: Math.max(0, units - (reserved.get(locationId) ?? 0)) }));
    return Math.max(0, sum(free) + this.#limits.budget - this.#uncovered());
  }

  #turnPage(position: number): void {
    const held = [...this.holds.all.values()]
      .filter(({ ending }) => ending === 'open')
      .map(({ expiresAt, open }) => ({ expiresAt, open: new Map(open) }));
    this.#pages.push({ position, onHand: new Map(this.onHand), held });
  }
}

function freeOn({ onHand, held }: Page, at: number, only: string | undefined): number {
  let all = 0;
  let there = 0;
  for (const [locationId, units] of onHand) {
    const reserved = held.reduce((total, { expiresAt, open }) => total + (expiresAt > at ? (open.get(locationId) ?? 0) : 0), 0);
    // What one location owes stays at the others.
    all += units - reserved;
    if (only === undefined || locationId === only) there += Math.max(0, units - reserved);
  }
  return Math.max(0, Math.min(all, there));
}
