import { setTimeout as sleep } from 'node:timers/promises';
import { unique, type Api } from '@holdfast/testing';
import { GIVEN_UP_MS, persist } from './buyers.js';
import type { Stock } from './stock.js';

const PAUSE_MS = 200;
const MOST_UNITS = 3;

/**
 * An ERP that receives goods and sends its level of one SKU after the other. It never hears of a sale, so its level is all that was ever
 * supplied, and on hand is that minus all that was sold.
 */
export class Erp {
  /** Units of each SKU that a level told and whose message was accepted. */
  readonly supplied: Map<string, number>;
  /** Answers that must never occur. */
  readonly wrong: string[] = [];
  private over = false;
  /** Until when a message is repeated, by `performance.now()`. */
  private endsBy = Number.POSITIVE_INFINITY;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly stock: Stock,
    private readonly random: () => number,
    units: number,
  ) {
    this.supplied = new Map(stock.skus.map((sku) => [sku, units]));
  }

  start(api: Api): void {
    this.over = false;
    this.endsBy = Number.POSITIVE_INFINITY;
    this.working = this.work(api);
  }

  /** Resolves when the last message was accepted. @param withinMs then it is given up */
  async stop(withinMs = GIVEN_UP_MS): Promise<void> {
    this.over = true;
    this.endsBy = performance.now() + withinMs;
    await this.working;
  }

  private async work(api: Api): Promise<void> {
    while (!this.over) {
      await this.tell(api);
      await sleep(PAUSE_MS);
    }
  }

  private async tell(api: Api): Promise<void> {
    const { skus, connectionId, warehouseId } = this.stock;
    const sku = skus[Math.floor(this.random() * skus.length)] ?? '';
    const quantity = (this.supplied.get(sku) ?? 0) + Math.floor(this.random() * (MOST_UNITS + 1));
    const messageId = unique('level');
    const message = { type: 'level', messageId, connectionId, warehouseId, sku, quantity, asOf: new Date().toISOString() };
    const answer = await persist(api, '/v1/erp/messages', { messages: [message] }, messageId, () => performance.now() > this.endsBy);
    const { accepted } = (answer?.body ?? {}) as { readonly accepted?: number };
    if (accepted === 1) this.supplied.set(sku, quantity);
    else this.wrong.push(`a level was answered ${String(answer?.status)} ${JSON.stringify(answer?.body)}`);
  }
}
