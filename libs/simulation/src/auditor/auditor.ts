import { auditAnswers } from './answers.js';
import type { Exchange } from './exchanges.js';
import type { Fact } from './facts.js';
import { committedUnits, openUnits, waitingUnits, type Hold } from './holds.js';
import { OrderBooks } from './order-books.js';
import { StockBooks } from './stock-books.js';

/** What an order and its holds may need beyond their time while a process is restarted again and again. */
const ORDER_PREFIX = 'ro_';

/** Reads a whole log and the answers that callers got, and says what does not hold. Shares no code with what wrote them. */
export class Auditor {
  readonly #stock = new Map<string, StockBooks>();
  readonly #orders = new Map<string, OrderBooks>();
  readonly #ids = new Set<string>();
  readonly #faults: string[] = [];
  #events = 0;

  get faults(): readonly string[] {
    return this.#faults;
  }

  /** Events looked at, and checks made after them. */
  get figures(): { readonly events: number; readonly checks: number } {
    return { events: this.#events, checks: [...this.#stock.values()].reduce((checks, books) => checks + books.checks, 0) };
  }

  books(sku: string): StockBooks | undefined {
    return this.#stock.get(sku);
  }

  skus(): readonly string[] {
    return [...this.#stock.keys()];
  }

  /** Events in the order of the log. */
  observe(fact: Fact): void {
    this.#events += 1;
    const [kind = '', name = ''] = split(fact.stream);
    const found: string[] = [];
    if (this.#ids.has(fact.id)) found.push(`event ${fact.id} is in the log twice`);
    this.#ids.add(fact.id);
    if (kind === 'stock') found.push(...bookOf(this.#stock, name, () => new StockBooks()).observe(fact));
    if (kind === 'order') found.push(...bookOf(this.#orders, name, () => new OrderBooks()).observe(fact));
    for (const fault of found) this.#faults.push(`${fact.stream} at ${fact.position}: ${fault}`);
  }

  /** Every answer that was given must be true of the log as it stands in the end. */
  answers(exchanges: readonly Exchange[]): void {
    this.#faults.push(...auditAnswers(exchanges, this.#stock));
  }

  /** To be asked when faults have stopped long ago. @param now epoch milliseconds */
  settled(now: number): void {
    for (const [reservationId, order] of this.#orders) {
      if (!order.ended && !order.waits(now)) this.#faults.push(`order ${reservationId} is neither ended nor waiting: ${order.last}`);
    }
    for (const [sku, books] of this.#stock) {
      this.#faults.push(...books.settled().map((fault) => `${sku}: ${fault}`));
      for (const hold of books.holds.all.values()) this.#faults.push(...this.#ofHold(sku, hold, now));
    }
  }

  /**
   * To be asked when the ERP has posted everything and all of it came in.
   * @param book units of the SKU by location, as the ERP has them
   * @param messages the event of each message that must stand in the log, once
   */
  posted(
    sku: string,
    book: ReadonlyMap<string, number>,
    messages: readonly { readonly event: string; readonly messageId: string }[],
  ): void {
    const books = this.#stock.get(sku);
    for (const [locationId, units] of book) {
      const onHand = books?.onHand.get(locationId) ?? 0;
      if (onHand !== units) this.#faults.push(`${sku} at ${locationId}: ${onHand} units on hand, the ERP has ${units} in its book`);
    }
    for (const { event, messageId } of messages) {
      const times = books?.times(event, messageId) ?? 0;
      if (times !== 1) this.#faults.push(`${event} ${messageId} of the ERP stands ${times} times in the log`);
    }
  }

  /** To be asked when faults have stopped long ago: nothing waits on the way in, nothing was given up. */
  delivered(waiting: number, givenUp: number): void {
    if (waiting > 0) this.#faults.push(`${waiting} messages of the ERP wait still`);
    if (givenUp > 0) this.#faults.push(`${givenUp} messages of the ERP were given up`);
  }

  #ofHold(sku: string, hold: Hold, now: number): readonly string[] {
    const { reservationId } = hold;
    const order = this.#orders.get(reservationId);
    const ttlMs = Math.max(hold.ttlMs, order?.ttlMs ?? 0);
    const endedAt = hold.ending === 'open' ? now : hold.endedAt;
    const faults: string[] = [];
    if (endedAt > hold.expiresAt + ttlMs) faults.push(`${reservationId} of ${sku} outlived twice its time to live`);
    if (hold.ending === 'open' && hold.expiresAt <= now) faults.push(`${reservationId} of ${sku} is overdue and open still`);
    if (waitingUnits(hold) > 0) faults.push(`${reservationId} of ${sku} waits still`);
    if (!reservationId.startsWith(ORDER_PREFIX)) return faults;
    if (order === undefined) return [...faults, `${reservationId} of ${sku} is held for an order that never started`];
    const sold = committedUnits(hold);
    if (sold !== order.committed(sku)) {
      faults.push(`${reservationId} sold ${sold} of ${sku}, its order says ${order.committed(sku)} (${order.last})`);
    }
    if (order.ended && openUnits(hold) > 0) faults.push(`${reservationId} holds ${sku} still and has ended: ${order.last}`);
    return faults;
  }
}

/** `stock-acme.sku` is of kind `stock` and named `sku`. */
const split = (stream: string): readonly string[] => /^([a-z]+)-[^.]*\.(.*)$/.exec(stream)?.slice(1) ?? [];

function bookOf<Book>(books: Map<string, Book>, name: string, open: () => Book): Book {
  const known = books.get(name);
  if (known !== undefined) return known;
  const opened = open();
  books.set(name, opened);
  return opened;
}
