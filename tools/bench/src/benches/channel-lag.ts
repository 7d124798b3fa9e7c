import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOPICS } from '@holdfast/contracts';
import { figuresSet, type Vendor } from '@holdfast/sandbox';
import { Api, type RunningHoldfast } from '@holdfast/testing';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf, median, medianFigures, type Figures } from '../measure/figures.js';
import { steadily } from '../measure/steadily.js';
import { atMost, exactly, figure, type BenchReport } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { ERP_CONNECTION, ERP_WAREHOUSE, levelMessage } from '../surroundings/erp-messages.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';
import { connectVendor, mustPut, VENDORS_UNDER_LOAD, type VendorUnderLoad } from '../surroundings/vendors.js';

const SKUS = Array.from({ length: 3_800 }, (_none, index) => `LAG-${String(index)}`);
const PER_SECOND = 500;
const LEAST_SECONDS = 5;
const SEEN_WITHIN_MS = 60_000;
const MOST_P99_MS = 300;
/** Vendors that also take feeds, from so many due listings on: their single calls are measured, not the minutes of a feed. */
const NO_FEEDS: Partial<Record<Vendor, { readonly feedFrom: number }>> = {
  amazon: { feedFrom: 1_000_000 },
  walmart: { feedFrom: 1_000_000 },
};

export const channelLag: Bench = {
  name: 'channel-lag',
  about: 'ERP message to the call at a vendor without limits, at 500 messages/s',
  run,
};

interface Lag extends Figures {
  readonly vendor: Vendor;
  /** Of the same changes until their message on `inventory.channel-atp.v1`. */
  readonly publishedP50Ms: number;
  readonly publishedP99Ms: number;
  readonly unseen: number;
}

async function run({ rounds, seconds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString);
  const measured: Lag[] = [];
  try {
    const api = new Api(holdfast.url, holdfast.key);
    const mappings = [{ warehouseId: ERP_WAREHOUSE, locationId: 'MAIN' }];
    await mustPut(api, `/v1/erp/connections/${ERP_CONNECTION}`, { name: 'bench', system: 'custom', mappings });
    for (const vendor of VENDORS_UNDER_LOAD) {
      for (const lag of await measureVendor(engines, holdfast, vendor, rounds, Math.max(seconds, LEAST_SECONDS))) {
        measured.push(lag);
        const { publishedP50Ms, publishedP99Ms } = lag;
        say(
          `channel-lag ${lag.vendor}: p50 ${figure(lag.p50Ms)} ms, p99 ${figure(lag.p99Ms)} ms; published ${figure(publishedP50Ms)} and ${figure(publishedP99Ms)} ms`,
        );
      }
    }
  } finally {
    await holdfast.stop();
    await engines.stop();
  }
  const of = (vendor: Vendor): Figures => medianFigures(measured.filter((lag) => lag.vendor === vendor));
  const vendors = VENDORS_UNDER_LOAD.map(({ vendor }) => vendor);
  return {
    name: 'channel-lag',
    baseline: null,
    holdfast: { name: 'message on erp.stock.v1 to call at Shopify, 500/s', ...of('shopify') },
    ratio: null,
    rounds: measured,
    targets: [
      ...vendors.map((vendor) => atMost(`p99 at ${vendor}`, of(vendor).p99Ms, MOST_P99_MS, ' ms')),
      exactly(
        'changes that no call told',
        measured.reduce((sum, { unseen }) => sum + unseen, 0),
        0,
      ),
    ],
    notes: [
      `Levels of ${String(SKUS.length)} SKUs that differ from the last; from the time at which a message was due to the arrival of a call with that figure or a newer one.`,
      ...vendors.map((vendor) => `${vendor}: p50 ${figure(of(vendor).p50Ms)} ms, p99 ${figure(of(vendor).p99Ms)} ms`),
      `Until the message on inventory.channel-atp.v1: p50 ${figure(median(measured.map((lag) => lag.publishedP50Ms)))} ms, p99 ${figure(median(measured.map((lag) => lag.publishedP99Ms)))} ms.`,
      'One vendor at a time. Publisher and simulators are a process of their own on the same machine.',
    ],
  };
}

async function measureVendor(
  engines: Engines,
  holdfast: RunningHoldfast,
  { vendor, start }: VendorUnderLoad,
  rounds: number,
  seconds: number,
): Promise<readonly Lag[]> {
  const listings: Listings = { skus: new Map(), told: () => undefined };
  const simulator = await start({
    limits: 'none',
    onCall: (operation, call) => {
      for (const { listingId, quantity } of figuresSet(vendor, operation, call))
        listings.told(listings.skus.get(listingId) ?? '', quantity);
    },
  });
  try {
    const api = new Api(holdfast.url, holdfast.key);
    listings.skus = await connectVendor(api, simulator, SKUS, {}, NO_FEEDS[vendor] ?? {});
    // Every listing was told once before anything is counted.
    await measure(engines, listings, 1_000, SKUS.length / 1_000);
    const lags: Lag[] = [];
    for (let round = 0; round < rounds; round += 1) lags.push({ vendor, ...(await measure(engines, listings, PER_SECOND, seconds)) });
    // Its figures must not be work while the next vendor is measured.
    await mustPut(api, `/sales-channel/channels/${vendor}`, { name: vendor, provider: vendor, syncInventory: false });
    return lags;
  } finally {
    await simulator.close();
  }
}

interface Listings {
  /** By listing id. */
  skus: ReadonlyMap<string, string>;
  told: (sku: string, quantity: number) => void;
}

/** Changes of SKUs, until somebody is told them or something newer. Figures of a SKU only grow, so a figure tells all that are not larger. */
class Changes {
  readonly lags = new Durations();
  private readonly waiting = new Map<string, { readonly quantity: number; readonly dueAt: number }[]>();
  left = 0;

  made(sku: string, quantity: number, dueAt: number): void {
    const waiting = this.waiting.get(sku) ?? [];
    this.waiting.set(sku, waiting);
    waiting.push({ quantity, dueAt });
    this.left += 1;
  }

  told(sku: string, quantity: number): void {
    const waiting = this.waiting.get(sku) ?? [];
    while (waiting[0] !== undefined && waiting[0].quantity <= quantity) {
      this.lags.add(performance.now() - waiting[0].dueAt);
      this.left -= 1;
      waiting.shift();
    }
  }
}

let made = 0;

async function measure(
  { runtime: { bus } }: Engines,
  listings: Listings,
  perSecond: number,
  seconds: number,
): Promise<Omit<Lag, 'vendor'>> {
  const run = randomBytes(4).toString('hex');
  const [called, published] = [new Changes(), new Changes()];
  listings.told = (sku, quantity) => called.told(sku, quantity);
  const tail = await bus.tail({
    topics: [TOPICS.channelAtp.name],
    from: 'latest',
    onMessages: (messages) => {
      for (const { value } of messages) {
        if (value === null) continue;
        const { sku, atp } = (JSON.parse(value) as { readonly data: { readonly sku: string; readonly atp: number } }).data;
        published.told(sku, atp);
      }
      return Promise.resolve();
    },
  });
  const began = performance.now();
  await steadily(perSecond, seconds, async (items) => {
    const messages = items.map(({ index, dueAt }) => {
      const sku = SKUS[made % SKUS.length] ?? '';
      const quantity = 1_000 + Math.floor(made / SKUS.length);
      made += 1;
      for (const changes of [called, published]) changes.made(sku, quantity, dueAt);
      return levelMessage(HTTP_TENANT, `${run}-${String(index)}`, sku, quantity, Date.now());
    });
    await bus.publish(TOPICS.erpStock.name, messages);
  });
  const until = performance.now() + SEEN_WITHIN_MS;
  while (called.left > 0 && performance.now() < until) await sleep(20);
  const took = (performance.now() - began) / 1_000;
  await tail.stop();
  const { p50Ms: publishedP50Ms, p99Ms: publishedP99Ms } = figuresOf(published.lags, took);
  return { unseen: called.left, publishedP50Ms, publishedP99Ms, ...figuresOf(called.lags, took) };
}
