import type { Holdfast } from '@holdfast/client';
import type { ApiClient } from './api-client.js';
import { expectStatus } from './api-client.js';
import { StockCount } from './expected-stock.js';
import { DAY, type Scenario } from './scenario.js';

interface ErpMessage {
  readonly type: 'level' | 'receipt' | 'issue';
  readonly messageId: string;
  readonly connectionId: string;
  readonly warehouseId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly asOf?: string;
  readonly postedAt?: string;
  readonly documentId?: string;
  readonly orderId?: string;
  readonly lotId?: string;
  readonly expiryDate?: string;
}

export interface Receipt {
  readonly sku: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly lotId?: string;
  readonly expiryDate?: string;
}

/** A sale, or units that a count missed: it names the order or the batch. */
export interface Posting {
  readonly sku: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly orderId?: string;
  readonly documentId?: string;
}

const MESSAGES_PER_CALL = 1_000;
const SENT_TWICE = 0.02;
const LEVEL_LATE = 0.1;
const LEVEL_TWICE = 0.05;
const LEVEL_AFTER_THE_NEXT = 0.05;

/** The ERP of the replay, however its figures get to Holdfast. */
export interface ReplayedErp {
  /** Units on hand as the ERP believes. */
  readonly stock: StockCount;
  /** How Holdfast is connected to it, without mappings. */
  readonly connection: Omit<Parameters<Holdfast['connections']['put']>[1], 'mappings'>;
  /** Goods arrive. Resolves when Holdfast may sell them. */
  receive(at: number, receipts: readonly Receipt[]): Promise<void>;
  /** Posts sales and differences of counts, some time. */
  post(at: number, postings: readonly Posting[]): Promise<void>;
  /** Tells its figures. */
  count(at: number): Promise<void>;
  /** Sends what was held back until the time given. */
  sendDelayed(until: number): Promise<void>;
  /** Holdfast is about to be asked for a change that the ERP has, too. */
  asked(sku: string, locationId: string, delta: number): void;
  /** Holdfast made so much of it. */
  confirmed(sku: string, locationId: string, asked: number, delta: number): void;
  /** Everything is posted and told. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** A simulated ERP: counts its own stock and sends figures and postings to Holdfast late, twice and out of order, as ERPs do. */
export class TopicErp implements ReplayedErp {
  /** Units on hand as the ERP believes. */
  readonly stock = new StockCount();
  readonly connection = { name: 'Replayed ERP', system: 'replay' };
  /** Levels that are still to be sent, with the simulated time at which they leave. */
  private delayed: { readonly dueAt: number; readonly message: ErpMessage }[] = [];
  private calls = 0;
  private messages = 0;
  private readonly warehouseIds: ReadonlyMap<string, string>;

  constructor(
    private readonly api: ApiClient,
    private readonly scenario: Scenario,
    private readonly random: () => number,
    private readonly onSent: (messageIds: readonly string[]) => void,
  ) {
    this.warehouseIds = new Map(scenario.warehouses.map((warehouse) => [warehouse.locationId, warehouse.warehouseId]));
  }

  get sentMessages(): number {
    return this.messages;
  }

  /** Adds receipts to the ERP stock and sends them to Holdfast. */
  async receive(at: number, receipts: readonly Receipt[]): Promise<void> {
    const messages = receipts.map((receipt): ErpMessage => {
      this.stock.add(receipt.sku, receipt.locationId, receipt.quantity);
      const { lotId, expiryDate } = receipt;
      const lot = { ...(lotId === undefined ? {} : { lotId }), ...(expiryDate === undefined ? {} : { expiryDate }) };
      return { ...this.head('receipt', receipt), postedAt: iso(at), ...lot };
    });
    await this.send(this.someTwice(messages));
  }

  /** Posts goods issues that name their orders, or the batch of a count. */
  async post(at: number, postings: readonly Posting[]): Promise<void> {
    const messages = postings.map((posting): ErpMessage => {
      this.stock.add(posting.sku, posting.locationId, -posting.quantity);
      const { orderId, documentId } = posting;
      const why = { ...(orderId === undefined ? {} : { orderId }), ...(documentId === undefined ? {} : { documentId }) };
      return { ...this.head('issue', posting), postedAt: iso(at), ...why };
    });
    await this.send(this.someTwice(messages));
  }

  /** Makes a level message of each SKU and location as of now. Most are sent at once; some late, some after those of the next week, some twice. */
  async count(at: number): Promise<void> {
    const leavingNow: ErpMessage[] = [];
    for (const { sku, locationId, units } of this.stock.entries()) {
      const message: ErpMessage = { ...this.head('level', { sku, locationId, quantity: units }), asOf: iso(at) };
      const fate = this.random();
      if (fate < LEVEL_LATE) this.delayed.push({ dueAt: at + (1 + Math.floor(this.random() * 4)) * DAY, message });
      else if (fate < LEVEL_LATE + LEVEL_AFTER_THE_NEXT) this.delayed.push({ dueAt: at + 8 * DAY, message });
      else leavingNow.push(message, ...(fate > 1 - LEVEL_TWICE ? [message] : []));
    }
    await this.send(leavingNow);
  }

  /** Sends what was held back until the time given. */
  async sendDelayed(until: number): Promise<void> {
    const due = this.delayed.filter((entry) => entry.dueAt <= until);
    this.delayed = this.delayed.filter((entry) => entry.dueAt > until);
    await this.send(due.map((entry) => entry.message));
  }

  asked(): void {
    // It has the change once Holdfast confirmed it.
  }

  confirmed(sku: string, locationId: string, _: number, delta: number): void {
    this.stock.add(sku, locationId, delta);
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private head(type: ErpMessage['type'], of: { sku: string; locationId: string; quantity: number }): Omit<ErpMessage, 'asOf' | 'postedAt'> {
    this.messages += 1;
    const warehouseId = this.warehouseIds.get(of.locationId);
    if (warehouseId === undefined) throw new Error(`Holdfast named the location ${of.locationId}, which the ERP does not know`);
    const messageId = `${this.scenario.prefix}${type}-${String(this.messages)}`;
    return {
      type,
      messageId,
      connectionId: this.scenario.connectionId,
      warehouseId,
      sku: this.scenario.prefix + of.sku,
      quantity: of.quantity,
    };
  }

  private someTwice(messages: readonly ErpMessage[]): ErpMessage[] {
    return messages.flatMap((message) => (this.random() < SENT_TWICE ? [message, message] : [message]));
  }

  private async send(messages: readonly ErpMessage[]): Promise<void> {
    for (let from = 0; from < messages.length; from += MESSAGES_PER_CALL) {
      const chunk = messages.slice(from, from + MESSAGES_PER_CALL);
      this.calls += 1;
      this.onSent(chunk.map((message) => message.messageId));
      const answer = await this.api.post('/v1/erp/messages', { messages: chunk }, `${this.scenario.prefix}erp-${String(this.calls)}`);
      const { rejected } = expectStatus<{ rejected: unknown[] }>(answer, 'ERP messages', 202);
      if (rejected.length > 0) throw new Error(`ERP messages were rejected: ${JSON.stringify(rejected.slice(0, 3))}`);
    }
  }
}

const iso = (at: number): string => new Date(at).toISOString();
