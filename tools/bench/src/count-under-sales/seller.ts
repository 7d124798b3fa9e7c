import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { Durations } from '../measure/durations.js';
import { steadily } from '../measure/steadily.js';
import type { Shelves } from './shelves.js';

const RESERVATIONS = '/sales-channel/inventory/reservation';

interface Reserved {
  readonly reservationId: string;
}

/** Sells single units over HTTP at a steady rate, each reserved and then committed. */
export class Seller {
  readonly #pool: Pool;
  #sold = 0;
  #refused = 0;

  constructor(
    url: string,
    private readonly key: string,
    private readonly shelves: Shelves,
    private readonly random: () => number = Math.random,
  ) {
    this.#pool = new Pool(url, { connections: 64, pipelining: 1 });
  }

  get sold(): number {
    return this.#sold;
  }

  /** There is enough of everything, so each is one too many. */
  get refused(): number {
    return this.#refused;
  }

  /** @returns how long decisions took from the time at which they were due: each sale is two */
  async sellFor(seconds: number, perSecond: number): Promise<Durations> {
    const decisions = new Durations();
    await steadily(perSecond, seconds, async (due) => {
      await Promise.all(due.map(({ dueAt }) => this.sell(dueAt, decisions)));
    });
    return decisions;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  private async sell(dueAt: number, decisions: Durations): Promise<void> {
    const sku = this.choose();
    await this.shelves.sell(sku, async () => {
      const body = { items: [{ sku, quantity: 1 }], orderId: randomUUID() };
      const reserved = await this.ask<Reserved>('/sales-channel/inventory/reserve', body, 201);
      const reservedAt = performance.now();
      decisions.add(reservedAt - dueAt);
      await this.ask(`${RESERVATIONS}/${reserved.reservationId}/commit`, {}, 200);
      decisions.add(performance.now() - reservedAt);
    });
    this.#sold += 1;
  }

  private choose(): string {
    for (;;) {
      const sku = this.shelves.skus[Math.floor(this.random() * this.shelves.skus.length)] ?? '';
      if (this.shelves.isOpen(sku)) return sku;
    }
  }

  private async ask<Answer>(path: string, body: object, status: number): Promise<Answer> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID(), authorization: `Bearer ${this.key}` };
    const answer = await this.#pool.request({ method: 'POST', path, headers, body: JSON.stringify(body) });
    const text = await answer.body.text();
    if (answer.statusCode === status) return JSON.parse(text) as Answer;
    this.#refused += 1;
    throw new Error(`${path} answered ${String(answer.statusCode)}: ${text.slice(0, 300)}`);
  }
}
