import { randomUUID } from 'node:crypto';
import { NO_STREAM, type EventStore } from '@holdfast/event-store';
import type { SkuLedger } from '@holdfast/ledger';
import type { Bench, BenchOptions } from '../bench.js';
import { closedLoop } from '../measure/closed-loop.js';
import { medianFigures, type Figures } from '../measure/figures.js';
import { atMost, figure, type BenchReport, type Target } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { locationsOf, placing, reserve, stockUp, TENANT } from '../surroundings/stock.js';

const CALLERS = 64;
const UNITS = 100_000_000;
const HOLDS = [1, 100, 10_000, 100_000];
const EVENTS = [10_000, 1_000_000];
const EVENTS_IN_FULL = 10_000_000;
const MOST_GROWTH = 1.5;
const SOURCES = locationsOf(1);

export const growth: Bench = { name: 'growth', about: 'cost of a reserve and its release by open holds and by events in the store', run };

interface Point extends Figures {
  readonly kind: 'open holds' | 'events in the store';
  readonly size: number;
}

async function run({ rounds, seconds, full, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const { ledger, eventStore } = engines.runtime;
  try {
    const points: Point[] = [];
    const measure = async (kind: Point['kind'], size: number, sku: string): Promise<void> => {
      const point = { kind, size, ...(await pairs(ledger, sku, seconds)) };
      points.push(point);
      say(`growth: ${figure(size)} ${kind}: ${figure(point.perSecond)}/s, p50 ${figure(point.p50Ms)} ms`);
    };
    // Events first: the holds would count among them.
    const sizes = full ? [...EVENTS, EVENTS_IN_FULL] : EVENTS;
    await stockUp(ledger, ['WARM'], SOURCES, UNITS);
    await pairs(ledger, 'WARM', seconds);
    for (const size of sizes) {
      await fill(eventStore, size, say);
      for (let round = 1; round <= rounds; round += 1) {
        const sku = `EVENTS-${String(size)}-${String(round)}`;
        await stockUp(ledger, [sku], SOURCES, UNITS);
        await measure('events in the store', size, sku);
      }
    }
    for (const size of HOLDS) await hold(ledger, holdsSku(size), size);
    for (let round = 1; round <= rounds; round += 1) for (const size of HOLDS) await measure('open holds', size, holdsSku(size));
    return report(points, sizes, seconds);
  } finally {
    await engines.stop();
  }
}

function report(points: readonly Point[], sizes: readonly number[], seconds: number): BenchReport {
  const at = (kind: Point['kind'], size: number): Figures =>
    medianFigures(points.filter((point) => point.kind === kind && point.size === size));
  const targets = (kind: Point['kind'], [first = 1, ...larger]: readonly number[]): Target[] =>
    larger.map((size) =>
      atMost(
        `cost at ${figure(size)} ${kind} over that at ${figure(first)}`,
        at(kind, first).perSecond / at(kind, size).perSecond,
        MOST_GROWTH,
        '×',
      ),
    );
  return {
    name: 'growth',
    baseline: null,
    holdfast: { name: 'reserve and release of one SKU with 100,000 open holds', ...at('open holds', 100_000) },
    ratio: null,
    rounds: points,
    targets: [...targets('open holds', HOLDS), ...targets('events in the store', sizes)],
    notes: [
      `${String(CALLERS)} callers, each reserves a unit and releases it, so that the holds stay as many as they are; ${String(seconds)} s a point.`,
    ],
  };
}

const holdsSku = (size: number): string => `HOLDS-${String(size)}`;

/** A reserve and its release count as one. */
const pairs = (ledger: SkuLedger, sku: string, seconds: number): Promise<Figures> =>
  closedLoop({
    callers: CALLERS,
    seconds,
    request: async () => {
      const command = placing(1, SOURCES);
      const placed = await ledger.execute({ tenant: TENANT, sku }, command);
      if (placed.kind === 'refused') throw new Error(`${sku} was refused: ${placed.code}`);
      const { reservationId } = command;
      await ledger.execute({ tenant: TENANT, sku }, { type: 'ReleaseReservation', at: Date.now(), commandId: randomUUID(), reservationId });
    },
  });

async function hold(ledger: SkuLedger, sku: string, holds: number): Promise<void> {
  await stockUp(ledger, [sku], SOURCES, UNITS);
  for (let held = 0; held < holds; held += 1_000) {
    await Promise.all(Array.from({ length: Math.min(1_000, holds - held) }, () => reserve(ledger, sku, 1, SOURCES)));
  }
}

const PER_STREAM = 1_000;
const AT_ONCE = 8;

/** Appends streams of others until the store holds so many events. */
async function fill(store: EventStore, size: number, say: BenchOptions['say']): Promise<void> {
  const began = performance.now();
  const before = Number(await store.head()) + 1;
  let left = Math.max(0, Math.ceil((size - before) / PER_STREAM));
  const data = {
    reservationId: 'r'.repeat(40),
    orderId: 'o'.repeat(40),
    takes: [{ locationId: 'L1', quantity: 1, because: 'priority 1' }],
  };
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const metadata = { tenant: 'other', at: Date.now(), commandId: randomUUID() };
      const events = Array.from({ length: PER_STREAM }, () => ({ id: randomUUID(), type: 'Other', data, metadata }));
      await store.append(`other-${randomUUID()}`, NO_STREAM, events);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  say(`growth: the store holds ${figure(Number(await store.head()) + 1)} events, ${((performance.now() - began) / 1_000).toFixed(1)} s`);
}
