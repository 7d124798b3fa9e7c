import { randomUUID } from 'node:crypto';
import { START } from '@holdfast/event-store';
import { migrateReadModel, READ_MODEL, rebuild } from '@holdfast/read-model';
import type { Bench, BenchOptions } from '../bench.js';
import type { Figures } from '../measure/figures.js';
import { interleave } from '../measure/interleave.js';
import { comparison, exactly, figure, type BenchReport } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { locationsOf, placing, stockUp, TENANT } from '../surroundings/stock.js';

const SKUS = 2_000;
const ORDERS_A_SKU = 20;
const AT_ONCE = 500;
const PAGE = 500;

export const projection: Bench = { name: 'projection', about: 'rebuild of the read model against reading the same log', run };

async function run({ rounds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  try {
    const { runtime, connectionString } = engines;
    const { pool } = runtime.database;
    const { eventStore } = runtime;
    await happen(engines);
    say(`projection: ${figure(Number(await eventStore.head()) + 1)} events`);
    await migrateReadModel(connectionString, READ_MODEL);
    let different = 0;
    const measured = await interleave({
      rounds,
      seconds: 0,
      warmUpSeconds: 0,
      baseline: { prepare: () => Promise.resolve(), run: () => timed(() => readAll(engines)) },
      holdfast: {
        prepare: () => Promise.resolve(),
        run: (round) =>
          timed(async () => {
            // The warm-up fills the tables that the later ones are compared with.
            const { events, equal } = await rebuild({ connectionString, pool, eventStore, swap: round === 0 });
            if (round > 0 && !equal) different += 1;
            return events;
          }),
      },
      onRound: ({ baseline, holdfast, ratio }, number) => {
        say(
          `projection ${String(number)}/${String(rounds)}: reading ${figure(baseline.perSecond)}/s, rebuild ${figure(holdfast.perSecond)}/s, ${figure(ratio)}×`,
        );
      },
    });
    const report = comparison({
      name: 'projection',
      baseline: `reading the log, ${String(PAGE)} events a page`,
      holdfast: 'rebuild: reading, folding, writing, comparing',
      rounds: measured,
      leastRatio: 0.3,
      notes: ['Events a second; p50 and p99 are of the whole round.'],
    });
    return { ...report, targets: [...report.targets, exactly('rebuilds with another digest', different, 0)] };
  } finally {
    await engines.stop();
  }
}

/** Deliveries, and orders of which every second is committed and the others are released. */
async function happen({ runtime: { ledger } }: Engines): Promise<void> {
  const sources = locationsOf(3);
  const names = Array.from({ length: SKUS }, (_none, index) => `SKU-${String(index)}`);
  await stockUp(ledger, names, sources, 1_000);
  const order = async (sku: string, number: number): Promise<void> => {
    const ref = { tenant: TENANT, sku };
    const command = placing(1, sources);
    await ledger.execute(ref, command);
    const type = number % 2 === 0 ? 'CommitReservation' : 'ReleaseReservation';
    await ledger.execute(ref, { type, at: Date.now(), commandId: randomUUID(), reservationId: command.reservationId });
  };
  for (let number = 0; number < ORDERS_A_SKU; number += 1) {
    for (let from = 0; from < SKUS; from += AT_ONCE) {
      await Promise.all(names.slice(from, from + AT_ONCE).map((sku) => order(sku, number)));
    }
  }
}

async function readAll({ runtime: { eventStore } }: Engines): Promise<number> {
  let events = 0;
  for (let after = START; ;) {
    const page = await eventStore.readAll({ after, limit: PAGE });
    events += page.events.length;
    after = page.position;
    if (page.atEnd) return events;
  }
}

async function timed(work: () => Promise<number>): Promise<Figures> {
  const began = performance.now();
  const done = await work();
  const tookMs = performance.now() - began;
  return { perSecond: done / (tookMs / 1_000), p50Ms: tookMs, p99Ms: tookMs };
}
