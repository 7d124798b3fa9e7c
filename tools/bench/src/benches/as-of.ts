import { randomUUID } from 'node:crypto';
import { NO_STREAM, type EventStore } from '@holdfast/event-store';
import { STREAMS } from '@holdfast/contracts';
import type { SkuEvent } from '@holdfast/inventory';
import { stockStream } from '@holdfast/ledger';
import { inSlices } from '@holdfast/kit';
import { balancesAsOf, DEFAULT_HISTORIES_LIMITS, explain, Histories, knownAt, lateFacts, type Clocks } from '@holdfast/read-model';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf, type Figures } from '../measure/figures.js';
import { atMost, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { TENANT } from '../surroundings/stock.js';

const EVENTS = 10_000;
const EVENTS_IN_FULL = 1_000_000;
const PER_APPEND = 1_000;
const LOCATION = 'L1';
const PATIENT = { ...DEFAULT_HISTORIES_LIMITS, waitMs: 600_000 };
/** Streams that are asked about for the first time. */
const COLD = 20;
const WARM = 300;
const MOST_MS = 50;
const MOST_PRESENT_MS = 1_000;

export const asOf: Bench = {
  name: 'as-of',
  about: 'stock as it was at a time, and what a figure is made of, on a stream of 10,000 events',
  run,
};

async function run({ rounds, full, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const { eventStore } = engines.runtime;
  try {
    const names = Array.from({ length: COLD * rounds }, (_none, index) => `PAST-${String(index)}`);
    for (const sku of names) await fill(eventStore, sku, EVENTS);
    say(`as-of: ${String(names.length)} streams of ${figure(EVENTS)} events`);
    // Patient, so that also a busy machine gives figures.
    const histories = new Histories(eventStore, PATIENT);
    const cold = await measure(names.length, async (index) => ask(histories, names[index] ?? '', {}));
    const sku = names.at(-1) ?? '';
    const history = await histories.read(TENANT, sku);
    const [from, to] = [history.recordedAtOf(0), history.recordedAtOf(history.events - 1)];
    const moment = (): number => Math.round(from + Math.random() * (to - from));
    const past = await measure(WARM * rounds, async () => {
      const knownAtTime = moment();
      await ask(histories, sku, { knownAt: knownAtTime, at: Math.min(knownAtTime, moment()) });
    });
    const explained = await measure(WARM * rounds, async () => why(histories, sku));
    const notes = [
      `First question of a stream: p50 ${figure(cold.p50Ms)} ms, p99 ${figure(cold.p99Ms)} ms; it reads the whole stream.`,
      `Explanation of the present: p50 ${figure(explained.p50Ms)} ms, p99 ${figure(explained.p99Ms)} ms.`,
      'One question at a time, below the HTTP route, random moments on both clocks.',
      ...(full ? await million(eventStore, say) : []),
    ];
    return {
      name: 'as-of',
      baseline: null,
      holdfast: { name: 'as-of at a random moment', ...past },
      ratio: null,
      rounds: [{ cold, past, explained }],
      targets: [
        atMost('p99 of as-of', past.p99Ms, MOST_MS, ' ms'),
        atMost('p99 of explain', explained.p99Ms, MOST_MS, ' ms'),
        atMost('p50 of the first question', cold.p50Ms, MOST_PRESENT_MS, ' ms'),
      ],
      notes,
    };
  } finally {
    await engines.stop();
  }
}

async function measure(count: number, request: (index: number) => Promise<unknown>): Promise<Figures> {
  const durations = new Durations();
  const began = performance.now();
  for (let index = 0; index < count; index += 1) {
    const asked = performance.now();
    await request(index);
    durations.add(performance.now() - asked);
  }
  return figuresOf(durations, (performance.now() - began) / 1_000);
}

async function ask(histories: Histories, sku: string, clocks: Clocks): Promise<void> {
  const history = await histories.read(TENANT, sku, clocks.knownAt);
  const known = await inSlices(knownAt(history, clocks));
  await inSlices(balancesAsOf(history, known));
  await inSlices(lateFacts(history, known, 5));
}

async function why(histories: Histories, sku: string): Promise<void> {
  const history = await histories.read(TENANT, sku);
  const known = await inSlices(knownAt(history, {}));
  await inSlices(explain(history, { known, locationId: LOCATION, events: 5 }));
}

/** How long a stream of a million events takes to read, and a question about it afterwards. */
async function million(store: EventStore, say: BenchOptions['say']): Promise<readonly string[]> {
  const sku = 'MILLION';
  await fill(store, sku, EVENTS_IN_FULL);
  say(`as-of: a stream of ${figure(EVENTS_IN_FULL)} events`);
  const histories = new Histories(store, PATIENT);
  const before = process.memoryUsage();
  const loading = await measure(1, () => histories.read(TENANT, sku));
  const { rss, arrayBuffers } = process.memoryUsage();
  const asked = await measure(50, () => ask(histories, sku, {}));
  const explained = await measure(50, () => why(histories, sku));
  const mib = (bytes: number): string => figure(bytes / 1_048_576);
  return [
    `${figure(EVENTS_IN_FULL)} events: read once in ${figure(loading.p50Ms)} ms (${mib(arrayBuffers - before.arrayBuffers)} MiB of columns, ${mib(rss - before.rss)} MiB more of the process); then as-of p99 ${figure(asked.p99Ms)} ms, explain p99 ${figure(explained.p99Ms)} ms.`,
  ];
}

/** A receipt, then holds of one unit of which every second is committed. */
async function fill(store: EventStore, sku: string, count: number): Promise<void> {
  const stream = stockStream({ tenant: TENANT, sku });
  let revision = NO_STREAM;
  for (let from = 0; from < count; from += PER_APPEND) {
    const events = Array.from({ length: Math.min(PER_APPEND, count - from) }, (_none, index) => stored(from + index, count));
    const result = await store.append(stream, revision, events);
    if (result.kind === 'conflict') throw new Error(`${stream} is not empty`);
    revision = result.revision;
  }
}

function stored(index: number, count: number): Parameters<EventStore['append']>[2][number] {
  const now = Date.now();
  const metadata = { tenant: TENANT, at: now, commandId: randomUUID(), actor: 'bench' };
  const event = (happened: SkuEvent) => ({ id: randomUUID(), ...STREAMS.stock.encode(happened), metadata });
  if (index === 0) {
    const receipt = { locationId: LOCATION, quantity: count, effectiveAt: now, messageId: 'opening' };
    return event({ type: 'StockReceived', ...receipt, acknowledgedUnits: 0, delta: count });
  }
  const reservationId = `rs_bench.${String(Math.ceil(index / 2))}`;
  const orderId = `order ${reservationId}`;
  const take = { locationId: LOCATION, quantity: 1 };
  if (index % 2 === 0) {
    return event({
      type: 'ReservationCommitted',
      reservationId,
      orderId,
      commitId: `c ${orderId}`,
      takes: [take],
      alreadyIssued: [],
      openUnits: 0,
    });
  }
  const held = [{ ...take, because: 'priority 1' }];
  return event({
    type: 'ReservationPlaced',
    reservationId,
    orderId,
    takes: held,
    expiresAt: now + 900_000,
    requestHash: 'a',
    requested: 1,
  });
}
