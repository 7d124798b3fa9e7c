import { cloudEvent, type ErpMessage } from '@holdfast/contracts';
import { topicKey } from '@holdfast/ingestion';
import { stockStream } from '@holdfast/ledger';
import type { Random } from '@holdfast/simulation';
import { unitsOf } from '@holdfast/simulation';
import { factOf } from '../fact-of.js';
import { ERP_SKU, LOCATIONS, TENANT, type World } from '../world.js';
import { CONNECTION } from './kept-intake.js';
import type { ReadStock } from './read-stock.js';

const MOST_LATE_MS = 2_500;
/** Rate of messages that are published twice, because an answer was lost or the connector restarted. */
const TWICE = 0.2;

type Post = { readonly locationId: string; readonly quantity: number; readonly orderId?: string };

/** A simulated ERP that counts the stock of one SKU and sends it late, twice, and in any order. Its figures are the true stock. */
export class Erp {
  /** Units by location, as the ERP has posted them. */
  readonly stock = new Map<string, number>();
  /** What changed its stock; each must take effect in Holdfast exactly once. */
  readonly posted: { readonly event: 'StockReceived' | 'StockIssued'; readonly messageId: string }[] = [];
  readonly #random: Random;
  /** Stock before the postings of the millisecond in which it changed last. */
  #before: { readonly at: number; readonly stock: ReadonlyMap<string, number> } | undefined;
  readonly #shipped = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();
  #messages = 0;

  constructor(private readonly world: World) {
    this.#random = world.random.fork();
  }

  /** The figures that a poll reads: those at the end of the last millisecond, so that it is certain which postings they contain. */
  read(): ReadStock {
    const now = this.world.time.now();
    const stock = this.#before?.at === now ? this.#before.stock : this.stock;
    const figures = [...stock].map(([locationId, figure]) => ({ sku: ERP_SKU, warehouseId: warehouseOf(locationId), figure }));
    return { figures, asOf: now - 1 };
  }

  /** Adds the first goods and publishes them before the shoppers start. */
  open(): void {
    for (const { locationId } of LOCATIONS) this.#receive({ locationId, quantity: this.#random.between(2, 6) });
  }

  async work(until: number): Promise<void> {
    const { time } = this.world;
    while (time.now() < until) {
      await this.#act();
      // Never two postings in one millisecond: it must be certain which of them a figure contains.
      await time.sleep(this.#random.pick([2, 60, 700, 1_500]));
    }
  }

  /** Posts sold goods that are not shipped yet, and waits until all messages are published. */
  async finish(): Promise<void> {
    await this.#ship(() => true);
    await Promise.all(this.#underWay);
  }

  async #act(): Promise<void> {
    const random = this.#random;
    const { locationId } = random.pick(LOCATIONS);
    switch (random.between(0, 5)) {
      case 0:
        return this.#receive({ locationId, quantity: random.between(1, 3) });
      case 1:
        return this.#issue({ locationId, quantity: 1 });
      case 2:
      case 3:
        return this.#ship(() => random.chance(0.6));
      default:
        return this.#level(locationId);
    }
  }

  #receive({ locationId, quantity }: Post): void {
    this.#change(locationId, quantity);
    const messageId = this.#publish(locationId, quantity, (base) => ({ ...base, type: 'receipt', postedAt: this.#now() }));
    this.posted.push({ event: 'StockReceived', messageId });
  }

  #issue({ locationId, quantity, orderId }: Post): void {
    this.#change(locationId, -quantity);
    const named = orderId === undefined ? {} : { orderId };
    const messageId = this.#publish(locationId, quantity, (base) => ({ ...base, type: 'issue', postedAt: this.#now(), ...named }));
    this.posted.push({ event: 'StockIssued', messageId });
  }

  #level(locationId: string): void {
    this.#publish(locationId, this.stock.get(locationId) ?? 0, (base) => ({ ...base, type: 'level', asOf: this.#now() }));
  }

  /** Goods of a commit leave, sometimes from another location than the promised one. */
  async #ship(isShipped: () => boolean): Promise<void> {
    const { log, time } = this.world;
    const facts = (await log.store.readStream(stockStream({ tenant: TENANT, sku: ERP_SKU }))).map(factOf);
    const reversed = new Set(facts.filter(({ type }) => type === 'ReservationCommitReversed').map(({ data }) => data['commitId']));
    for (const fact of facts) {
      const { commitId, orderId } = fact.data;
      if (fact.type !== 'ReservationCommitted' || reversed.has(commitId) || this.#shipped.has(String(commitId)) || !isShipped()) continue;
      this.#shipped.add(String(commitId));
      for (const { locationId, quantity } of unitsOf(fact, 'takes')) {
        const from = this.#random.chance(0.15) ? this.#random.pick(LOCATIONS).locationId : locationId;
        this.#issue({ locationId: from, quantity, orderId: String(orderId) });
        await time.sleep(2);
      }
    }
  }

  #change(locationId: string, units: number): void {
    const now = this.world.time.now();
    if (this.#before?.at !== now) this.#before = { at: now, stock: new Map(this.stock) };
    this.stock.set(locationId, (this.stock.get(locationId) ?? 0) + units);
  }

  #now(): string {
    return new Date(this.world.time.now()).toISOString();
  }

  #publish(locationId: string, quantity: number, whole: (base: Base) => ErpMessage): string {
    this.#messages += 1;
    const messageId = `${CONNECTION}-${this.#messages}`;
    const message = whole({ messageId, connectionId: CONNECTION, warehouseId: warehouseOf(locationId), sku: ERP_SKU, quantity });
    this.#send(message);
    if (this.#random.chance(TWICE)) this.#send(message);
    return messageId;
  }

  #send(message: ErpMessage): void {
    const { time, erpTopic } = this.world;
    const { messageId: id, sku, type } = message;
    const event = cloudEvent({
      id,
      source: `urn:erp`,
      type: `holdfast.erp.${type}.v1`,
      subject: sku,
      at: time.now(),
      tenant: TENANT,
      data: message,
    });
    const lateMs = this.#random.chance(0.5) ? this.#random.next() : this.#random.between(0, MOST_LATE_MS);
    const sent = time.sleep(lateMs).then(() => {
      erpTopic.publish([{ key: topicKey(TENANT, sku), value: JSON.stringify(event) }]);
      this.#underWay.delete(sent);
    });
    this.#underWay.add(sent);
  }
}

type Base = Pick<ErpMessage, 'messageId' | 'connectionId' | 'warehouseId' | 'sku' | 'quantity'>;

export const warehouseOf = (locationId: string): string => `warehouse of ${locationId}`;
