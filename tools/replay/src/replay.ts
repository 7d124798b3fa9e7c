import { Holdfast } from '@holdfast/client';
import type { ErpSystem } from '@holdfast/sandbox';
import { ApiClient } from './api-client.js';
import { AtpListener } from './atp-listener.js';
import { StockCount } from './expected-stock.js';
import { clean, type CleanYear } from './clean.js';
import type { ReplayedChannel } from './channels/replayed-channel.js';
import { openVendorChannels } from './channels/vendor-channel.js';
import { openWebhookChannel } from './channels/webhook-channel.js';
import { isBeingTold, whatHoldfastSays } from './channels/what-holdfast-says.js';
import { settled } from './compare.js';
import { compareAll, expectedStock, mismatchesOf, oversold, skusOf } from './end-check.js';
import { TopicErp, type ReplayedErp } from './erp.js';
import { readRows } from './invoice-rows.js';
import { play } from './play.js';
import { PolledErp, POLLED_SYSTEMS } from './polled-erp.js';
import { Progress } from './progress.js';
import { randomFrom } from './random.js';
import type { Report } from './report.js';
import { scenarioOf, warehousesOf } from './scenario.js';
import { setUp } from './setup.js';
import { Shop } from './shop.js';
import { busiest, weeklyDemand } from './supply.js';
import { WarehousePerson } from './warehouse/warehouse-person.js';

export interface ReplayOptions {
  readonly file: string;
  readonly lines: number;
  readonly tightness: number;
  readonly seed: number;
  readonly ordersInFlight: number;
  readonly url: string;
  readonly key: string;
  readonly prefix: string;
  /** `webhook`: the shop's own channel. `all`: the five simulated vendors besides. */
  readonly channels: 'webhook' | 'all';
  /** `topic`: the ERP sends messages. Else it is a simulated one of the system, which Holdfast polls. Default `topic`. */
  readonly erp?: 'topic' | ErpSystem;
  /** A share of the SKUs is kept in lots, and somebody in the warehouse blocks, recalls and counts. Default false. */
  readonly lots?: boolean;
  /** So long a request is tried again while Holdfast is away. Default two minutes. */
  readonly patienceMs?: number;
  readonly say: (text: string) => void;
}

const BUSY_SKUS = 400;
const SENT_TWICE = 0.02;
const PATIENCE_MS = 120_000;
const QUIET_MS = 20_000;
const REQUEST_MS = 60_000;

/** Plays the shop's year against a running Holdfast and compares all figures at the end. */
export async function replay(options: ReplayOptions): Promise<Report & { differences: readonly string[] }> {
  const year = await clean(readRows(options.file, options.lines));
  const skus = [
    ...new Set(
      year.happenings.flatMap((happening) => (happening.kind === 'sale' ? happening.lines.map((line) => line.sku) : [happening.sku])),
    ),
  ];
  const busy = busiest(year, BUSY_SKUS);
  const { prefix, erp: source = 'topic' } = options;
  const scenario = scenarioOf(prefix, source === 'topic' ? undefined : POLLED_SYSTEMS[source].warehouses(prefix));
  const homes = (sku: string): readonly string[] => warehousesOf(scenario, sku, busy).map((warehouse) => warehouse.locationId);
  const homeOf = (sku: string): string => homes(sku)[0] ?? '';

  const random = randomFrom(options.seed);
  const repeatRandom = randomFrom(options.seed + 1);
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const holdfast = new Holdfast({
    url: options.url,
    key: options.key,
    retries: Infinity,
    deadlineMs: patienceMs,
    timeoutMs: REQUEST_MS,
    consistency: 'eventual',
  });
  const api = new ApiClient({
    url: options.url,
    key: options.key,
    connections: 64,
    patienceMs,
    twice: () => repeatRandom() < SENT_TWICE,
  });
  const channels: ReplayedChannel[] = [await openWebhookChannel(scenario)];
  if (options.channels === 'all') channels.push(...(await openVendorChannels(scenario)));
  const atp = new AtpListener(holdfast);
  const supplied = new StockCount();
  const onHandOf = (sku: string, locationId: string): number =>
    supplied.of(sku, locationId) + shop.changedBy(sku, locationId) + (person?.sheet.booked.of(sku, locationId) ?? 0);
  const person: WarehousePerson | undefined =
    options.lots === true ? new WarehousePerson(api, scenario, skus, randomFrom(options.seed + 2), onHandOf) : undefined;
  const shop: Shop = new Shop(api, scenario, homeOf, () => erp, person !== undefined);
  const erp: ReplayedErp =
    source === 'topic'
      ? new TopicErp(api, scenario, random, (messageIds) => atp.sent(messageIds))
      : await PolledErp.start(source, holdfast, scenario, random, () => shop.takePostings());
  try {
    options.say(`setting up ${String(skus.length)} SKUs`);
    await setUp(holdfast, scenario, year, skus, channels, erp, person?.lots.controlled);
    const putBack = await person?.setUp();
    atp.start();

    const eventsBefore = await countEvents(api);
    const began = performance.now();
    const progress = new Progress(lineCount(year), 'lines');
    let lines = 0;
    await play({
      year,
      demand: weeklyDemand(year),
      erp,
      shop,
      ...(person === undefined ? {} : { person }),
      receiptsOf: (sku, units, week) => {
        const receipts = split(units, homes(sku)).map((part) => ({ sku, ...part, ...person?.receive(sku, part.locationId, week) }));
        for (const receipt of receipts) supplied.add(sku, receipt.locationId, receipt.quantity);
        return receipts;
      },
      tightness: options.tightness,
      ordersInFlight: options.ordersInFlight,
      onLines: (count) => {
        lines += count;
        progress.show(lines);
      },
    });
    progress.end();
    await putBack?.();

    options.say('comparing the figures');
    const expected = expectedStock(supplied, shop, person);
    const compare = () => compareAll(holdfast, scenario, expected, erp, skus, channels, person);
    let comparisons = await compare();
    await settled(
      async () => {
        comparisons = await compare();
        return mismatchesOf(comparisons);
      },
      QUIET_MS,
      (left) => {
        if (left > 0) options.say(`${String(left)} figures still differ`);
      },
      () => isBeingTold(holdfast, channels),
    );
    for (const { channelId, mismatches } of comparisons.channels)
      for (const line of await whatHoldfastSays(holdfast, channelId, skusOf(mismatches, scenario.prefix))) options.say(line);
    const seconds = (performance.now() - began) / 1000;
    const { conservation, erpBook } = comparisons;
    return {
      lines: year.rows,
      orders: { ...shop.orders },
      oversoldUnits: oversold(supplied, shop),
      conservation: { skus: conservation.skus, mismatches: conservation.mismatches.length },
      erpBook: { skus: erpBook.skus, mismatches: erpBook.mismatches.length },
      channels: comparisons.channels.map(({ name, skus: listings, mismatches }) => ({ name, listings, mismatches: mismatches.length })),
      repeats: { sent: api.repeats, different: api.differingRepeats.length },
      events: (await countEvents(api)) - eventsBefore,
      seconds: Math.round(seconds * 10) / 10,
      linesPerSecond: Math.round(year.rows / seconds),
      reserveMs: shop.reserveMs.summary(),
      atpLagMs: atp.lagMs.summary(),
      ...(person === undefined ? {} : { lots: person.report(comparisons.lots, shop.uncovered) }),
      differences: [...mismatchesOf(comparisons), ...(person?.sheet.differences ?? []), ...api.differingRepeats],
    };
  } finally {
    await erp.close();
    await atp.stop();
    await Promise.all(channels.map((channel) => channel.close()));
    await api.close();
  }
}

const lineCount = (year: CleanYear): number =>
  year.happenings.reduce((sum, happening) => sum + (happening.kind === 'sale' ? happening.lines.length : 1), 0);

/** A delivery is shared evenly between the warehouses of its SKU. */
function split(units: number, locations: readonly string[]): { locationId: string; quantity: number }[] {
  const share = Math.floor(units / locations.length);
  return locations
    .map((locationId, index) => ({ locationId, quantity: index === 0 ? units - share * (locations.length - 1) : share }))
    .filter((part) => part.quantity > 0);
}

/** Events that the projection has seen since its process started. */
async function countEvents(api: ApiClient): Promise<number> {
  return api.metric('holdfast_projection_events_total');
}
