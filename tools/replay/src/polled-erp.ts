import { setTimeout as sleep } from 'node:timers/promises';
import type { Holdfast } from '@holdfast/client';
import { startLinxSimulator, startSapSimulator, startTotvsSimulator, type ErpSimulator, type ErpSystem } from '@holdfast/sandbox';
import { readStock } from './compare.js';
import type { Posting, Receipt, ReplayedErp } from './erp.js';
import { StockCount } from './expected-stock.js';
import type { Scenario } from './scenario.js';

/** The time after which a sale is surely in the ERP's figures; sales are posted within a fifth of it. */
const POSTING_LAG_MS = 15_000;
const MOST_LATE_MS = 3_000;
const POST_EVERY_MS = 250;
const INTERVAL_SECONDS = 5;
const LOOK_EVERY_MS = 200;

interface PolledSystem {
  readonly start: () => Promise<ErpSimulator>;
  /** Two warehouses as the system names them. */
  readonly warehouses: (prefix: string) => readonly [string, string];
}

export const POLLED_SYSTEMS: Readonly<Record<ErpSystem, PolledSystem>> = {
  'sap-s4hana': { start: () => startSapSimulator({ checked: false }), warehouses: (prefix) => [`1010/${prefix}W1`, `1010/${prefix}W2`] },
  'totvs-protheus': { start: startTotvsSimulator, warehouses: (prefix) => [`${prefix}W1`, `${prefix}W2`] },
  'linx-microvix': { start: startLinxSimulator, warehouses: () => ['12345678000195', '12345678000276'] },
};

/** An ERP that Holdfast polls, also while it sells: it says nothing by itself, and posts Holdfast's sales late and out of order. */
export class PolledErp implements ReplayedErp {
  readonly stock = new StockCount();
  readonly connection: ReplayedErp['connection'];
  private readonly places: ReadonlyMap<string, string>;
  private waiting: { readonly dueAt: number; readonly posting: Posting }[] = [];
  private readonly posting = setInterval(() => this.postDue(Date.now()), POST_EVERY_MS);

  private constructor(
    private readonly simulator: ErpSimulator,
    private readonly holdfast: Holdfast,
    private readonly scenario: Scenario,
    private readonly random: () => number,
    private readonly takePostings: () => readonly Posting[],
  ) {
    const { name, system, poller } = simulator.connection;
    this.connection = { name, system, postingLagMs: POSTING_LAG_MS, poller: { ...poller, intervalSeconds: INTERVAL_SECONDS } };
    this.places = new Map(scenario.warehouses.map(({ locationId, warehouseId }) => [locationId, warehouseId]));
  }

  /** @param takePostings sales since it was called last */
  static async start(
    system: ErpSystem,
    holdfast: Holdfast,
    scenario: Scenario,
    random: () => number,
    takePostings: () => readonly Posting[],
  ): Promise<PolledErp> {
    return new PolledErp(await POLLED_SYSTEMS[system].start(), holdfast, scenario, random, takePostings);
  }

  /** Resolves when a poll read the goods and the read model shows them. */
  async receive(_: number, receipts: readonly Receipt[]): Promise<void> {
    const began = Date.now();
    for (const { sku, locationId, quantity } of receipts) this.move(sku, locationId, quantity);
    await this.poll();
    for (let left = receipts; left.length > 0; await sleep(LOOK_EVERY_MS)) {
      const shown = await readStock(this.holdfast, this.scenario.prefix, [...this.places.keys()]);
      left = left.filter(({ sku, locationId }) => (shown.get(`${sku}|${locationId}`)?.updatedAt ?? 0) < began);
      if (left.length === 0) return;
    }
  }

  post(_: number, postings: readonly Posting[]): Promise<void> {
    this.postLater(postings);
    return Promise.resolve();
  }

  count(): Promise<void> {
    return this.poll();
  }

  sendDelayed(): Promise<void> {
    return Promise.resolve();
  }

  /** What is taken off is taken off here first: a poll in between must not bring units back that are gone. */
  asked(sku: string, locationId: string, delta: number): void {
    if (delta < 0) this.move(sku, locationId, delta);
  }

  confirmed(sku: string, locationId: string, asked: number, delta: number): void {
    this.move(sku, locationId, delta - Math.min(0, asked));
  }

  /** Once the lag has passed since the last sale, a figure contains all of them. */
  async finish(): Promise<void> {
    this.postLater(this.takePostings());
    this.postDue(Number.POSITIVE_INFINITY);
    await sleep(POSTING_LAG_MS + MOST_LATE_MS);
    await this.poll();
  }

  async close(): Promise<void> {
    clearInterval(this.posting);
    await this.simulator.close();
  }

  private postLater(postings: readonly Posting[]): void {
    for (const posting of postings) this.waiting.push({ dueAt: Date.now() + this.random() * MOST_LATE_MS, posting });
  }

  private postDue(until: number): void {
    this.postLater(this.takePostings());
    const due = this.waiting.filter(({ dueAt }) => dueAt <= until).sort((one, other) => one.dueAt - other.dueAt);
    this.waiting = this.waiting.filter(({ dueAt }) => dueAt > until);
    for (const { posting } of due) this.move(posting.sku, posting.locationId, -posting.quantity);
  }

  private move(sku: string, locationId: string, units: number): void {
    const warehouse = this.places.get(locationId);
    if (warehouse === undefined) throw new Error(`Holdfast named the location ${locationId}, which the ERP does not know`);
    this.stock.add(sku, locationId, units);
    this.simulator.company.move({ sku: this.scenario.prefix + sku, warehouse }, units);
  }

  /** Resolves after a poll that began after this call. */
  private async poll(): Promise<void> {
    for (const wanted = Date.now(); ;) {
      const { runId } = await this.holdfast.connections.poll(this.scenario.connectionId);
      const { status, startedAt, error } = await this.ended(runId);
      if (status === 'failed') throw new Error(`the poll failed: ${error ?? 'no reason given'}`);
      if (Date.parse(startedAt) >= wanted) return;
    }
  }

  private async ended(runId: string) {
    for (; ; await sleep(LOOK_EVERY_MS))
      for await (const run of this.holdfast.connections.runs(this.scenario.connectionId)) {
        if (run.id !== runId) continue;
        if (run.status !== 'running') return run;
        break;
      }
  }
}
