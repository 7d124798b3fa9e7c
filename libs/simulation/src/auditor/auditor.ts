import { auditAnswers } from './answers.js';
import type { Exchange } from './exchanges.js';
import type { Fact } from './facts.js';
import { committedUnits, openUnits, waitingUnits, type Hold } from './holds.js';
import { OrderAudit } from './order-audit.js';
import { StockAudit } from './stock-audit.js';

/** Reservation ids of orders over several SKUs begin with this. */
const ORDER_PREFIX = 'ro_';

/** Checks a whole log and the answers that callers got, and collects the faults. It shares no code with the product that wrote them. */
export class Auditor {
  readonly #stock = new Map<string, StockAudit>();
  readonly #orders = new Map<string, OrderAudit>();
  readonly #ids = new Set<string>();
  readonly #faults: string[] = [];
  #events = 0;

  get faults(): readonly string[] {
    return this.#faults;
  }

  /** Number of events and of checks made after them. */
  get figures(): { readonly events: number; readonly checks: number } {
    return { events: this.#events, checks: [...this.#stock.values()].reduce((checks, audit) => checks + audit.checks, 0) };
  }

  stock(sku: string): StockAudit | undefined {
    return this.#stock.get(sku);
  }

  skus(): readonly string[] {
    return [...this.#stock.keys()];
  }

  /** Call it for every event, in the order of the log. */
  observe(fact: Fact): void {
    this.#events += 1;
    const [kind = '', name = ''] = split(fact.stream);
    const found: string[] = [];
    if (this.#ids.has(fact.id)) found.push(`event ${fact.id} is in the log twice`);
    this.#ids.add(fact.id);
    if (kind === 'stock') found.push(...auditOf(this.#stock, name, () => new StockAudit()).observe(fact));
    if (kind === 'order') found.push(...auditOf(this.#orders, name, () => new OrderAudit()).observe(fact));
    for (const fault of found) this.#faults.push(`${fact.stream} at ${fact.position}: ${fault}`);
  }

  /** Checks that every answer is true of the log at its end. */
  answers(exchanges: readonly Exchange[]): void {
    this.#faults.push(...auditAnswers(exchanges, this.#stock));
  }

  /** Call it long after the last injected fault. @param now epoch milliseconds */
  settled(now: number): void {
    for (const [reservationId, order] of this.#orders) {
      if (!order.ended && !order.waits(now)) this.#faults.push(`order ${reservationId} is neither ended nor waiting: ${order.last}`);
    }
    for (const [sku, audit] of this.#stock) {
      this.#faults.push(...audit.settled().map((fault) => `${sku}: ${fault}`));
      for (const hold of audit.holds.all.values()) this.#faults.push(...this.#ofHold(sku, hold, now));
    }
  }

  /**
   * Call it when the ERP has posted everything and Holdfast has taken all of it in.
   * @param erpUnits units of the SKU by location, as the ERP has them
   * @param messages the event of each message that must be in the log exactly once
   */
  posted(
    sku: string,
    erpUnits: ReadonlyMap<string, number>,
    messages: readonly { readonly event: string; readonly messageId: string }[],
  ): void {
    const audit = this.#stock.get(sku);
    for (const [locationId, units] of erpUnits) {
      const onHand = audit?.onHand.get(locationId) ?? 0;
      if (onHand !== units) this.#faults.push(`${sku} at ${locationId}: ${onHand} units on hand, the ERP has ${units}`);
    }
    for (const { event, messageId } of messages) {
      const times = audit?.times(event, messageId) ?? 0;
      if (times !== 1) this.#faults.push(`${event} ${messageId} of the ERP stands ${times} times in the log`);
    }
  }

  /** Call it long after the last injected fault: no message may wait or have been given up. */
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

function auditOf<Audit>(audits: Map<string, Audit>, name: string, open: () => Audit): Audit {
  const known = audits.get(name);
  if (known !== undefined) return known;
  const opened = open();
  audits.set(name, opened);
  return opened;
}
