import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus, type ApiClient } from '../api-client.js';
import type { Posting } from '../erp.js';
import { DAY, type Scenario } from '../scenario.js';
import type { LotsReport } from '../report.js';
import type { StockCount } from '../expected-stock.js';
import type { LotComparison } from './compare-lots.js';
import { CountSheet, type OpenCount } from './count-sheet.js';
import { Holds } from './holds.js';
import { dayOf, LotBook, type LotAtLocation, type ReceivedLot } from './lot-book.js';

const SETTINGS = '/api/inventory/cycle-count/settings';
const ORDERS_PER_TASK = 6;
/** Of the tasks, by a random number below: units held, a lot held, a lot recalled; the others find an expired lot. */
const HOLDS_UNITS = 0.5;
const HOLDS_LOT = 0.7;
const RECALLS = 0.78;
const LINES_COUNTED = 8;
const ARRIVES_WITHIN_MS = 15_000;

export type Task = () => Promise<void>;

/** Somebody in the warehouse: receives lots, blocks, recalls, finds expired lots, and counts while the shop sells. */
export class WarehousePerson {
  readonly lots: LotBook;
  readonly holds: Holds;
  readonly sheet: CountSheet;
  readonly counts = { expired: 0 };
  private before = Promise.resolve();

  constructor(
    private readonly api: ApiClient,
    private readonly scenario: Scenario,
    private readonly skus: readonly string[],
    private readonly random: () => number,
    /** What lies at a location, by the shop's own figures. */
    private readonly onHandOf: (sku: string, locationId: string) => number,
    private readonly now: () => number = Date.now,
  ) {
    this.lots = new LotBook(skus, random, now);
    this.holds = new Holds(api, scenario, this.lots, random);
    this.sheet = new CountSheet(api, scenario, random, (lot, difference) => this.holds.counted(lot, difference));
  }

  /**
   * Lines are booked at once whatever they miss, nothing sold waits on the shelf, and the ERP posts differences under their batch.
   * @returns what puts the settings back
   */
  async setUp(): Promise<Task> {
    const { settings } = expectStatus<{ settings: object }>(await this.api.get(SETTINGS), 'settings of counts', 200);
    const put = async (body: object): Promise<void> => {
      expectStatus(await this.api.put(SETTINGS, body), 'settings of counts', 200);
    };
    const classes = ['A', 'B', 'C'].map((each) => ({ class: each, tolerancePct: 100 }));
    await put({ ...settings, classes, pickWindowHours: 0, autoAccept: true, adjustmentsPostedBack: true });
    return () => put(settings);
  }

  receive(sku: string, locationId: string, week: number): ReceivedLot {
    return this.lots.receive(sku, locationId, week);
  }

  /** Counts before the shop opens. @returns what is done while it sells so many orders */
  async morning(day: number, orders: number): Promise<readonly Task[]> {
    const key = `warehouse-${String(day)}`;
    const counts = await this.count(key);
    const tasks = Array.from({ length: Math.ceil(orders / ORDERS_PER_TASK) }, (_, index): Task =>
      this.task(`${key}-${String(index)}`, day),
    );
    return [
      () => this.holds.releaseDue(day),
      ...tasks,
      ...counts.map((count) => () => this.sheet.submit(`${key}-submit-${count.locationId}`, count)),
    ].map((task) => () => this.inTurn(task));
  }

  /** One thing after the other: what a recall found and what a count booked could not be told apart else. */
  private inTurn(task: Task): Promise<void> {
    const done = this.before.then(task);
    this.before = done.catch(() => undefined);
    return done;
  }

  takePostings(): Posting[] {
    return this.sheet.takePostings();
  }

  report(found: LotComparison | undefined, uncoveredOrders: number): LotsReport {
    const { placed, released, recalled } = this.holds.counts;
    const missingUnits = sum(this.sheet.booked, -1);
    return {
      skus: this.lots.controlled.size,
      lots: new Set(this.lots.lots.map(({ sku, lotId }) => `${sku}|${lotId}`)).size,
      expired: this.counts.expired,
      recalled,
      holds: { placed, released },
      counts: { ...this.sheet.counts, missingUnits, differences: this.sheet.differences.length },
      uncoveredOrders,
      heldUnits: found === undefined ? 0 : sum(found.held, 1),
      locations: found?.skus ?? 0,
      mismatches: found?.mismatches.length ?? 0,
    };
  }

  private task(key: string, day: number): Task {
    const kind = this.random();
    const sku = this.one(this.skus);
    const { locationId } = this.one(this.scenario.warehouses) ?? {};
    const lot = this.one(this.lots.lots);
    if (kind < HOLDS_UNITS && sku !== undefined && locationId !== undefined) {
      return () => this.holds.placeUnits(key, day, sku, locationId);
    }
    if (lot === undefined) return () => Promise.resolve();
    if (kind < HOLDS_LOT) return () => this.holds.placeLot(key, day, lot);
    if (kind < RECALLS) return () => this.holds.recall(key, lot);
    return () => this.expire(key, lot, this.random() < 0.5);
  }

  /** Finds a lot past its date: at its location, or wherever it lies because its date was wrong. */
  private async expire(key: string, { sku, lotId, locationId }: LotAtLocation, everywhere: boolean): Promise<void> {
    const of = { sku: this.scenario.prefix + sku, lotId };
    const [path, body] = everywhere
      ? ['adjustments/lot-correction', { type: 'change_expiry', ...of, expiryDate: dayOf(this.now() - 2 * DAY), reason: 'Misprinted' }]
      : ['expired/mark-expired', { items: [{ ...of, locationId }], reason: 'Spoilt' }];
    const answer = await this.api.post(`/api/inventory/${path}`, body, this.scenario.prefix + key);
    expectStatus(answer, `expiry of ${lotId} of ${sku}`, 200, 201);
    this.lots.stop({ sku, lotId }, everywhere ? undefined : locationId);
    this.counts.expired += 1;
  }

  /**
   * Some lots, each SKU once a location, where Holdfast shows already all that came: what comes while it is counted was not seen. What lies
   * without a lot is on no line and stays, because no batch says that it is complete.
   */
  private async count(key: string): Promise<readonly OpenCount[]> {
    const open: OpenCount[] = [];
    for (const { locationId } of this.scenario.warehouses) {
      const there = this.lots.lots.filter((lot) => lot.locationId === locationId);
      const chosen = new Map<string, LotAtLocation>();
      for (let index = 0; index < LINES_COUNTED; index += 1) {
        const lot = this.one(there);
        if (lot !== undefined) chosen.set(lot.sku, lot);
      }
      const arrived = await Promise.all([...chosen.values()].map(async (lot) => ((await this.isThere(lot)) ? [lot] : [])));
      const lots = arrived.flat();
      if (lots.length > 0) open.push(await this.sheet.open(`${key}-count-${locationId}`, locationId, lots));
    }
    return open;
  }

  private async isThere({ sku, lotId, locationId }: LotAtLocation): Promise<boolean> {
    const query = new URLSearchParams({ productMasterId: this.scenario.prefix + sku, locationId, groupBy: 'position' });
    for (const until = performance.now() + ARRIVES_WITHIN_MS; performance.now() < until; await sleep(200)) {
      const answer = await this.api.get(`/api/inventory?${query.toString()}`);
      const { items } = expectStatus<{ items: readonly { lotId?: string; quantityOnHand: number }[] }>(answer, `item ${sku}`, 200);
      const onHand = items.reduce((units, row) => units + row.quantityOnHand, 0);
      if (onHand !== this.onHandOf(sku, locationId)) continue;
      return items.some((row) => row.lotId === lotId);
    }
    return false;
  }

  private one<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.random() * items.length)];
  }
}

const sum = (count: StockCount, sign: 1 | -1): number => [...count.entries()].reduce((units, each) => units + sign * each.units, 0);
