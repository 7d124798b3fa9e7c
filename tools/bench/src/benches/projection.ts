import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { atpProjectionService } from '@holdfast/atp-projection';
import { START } from '@holdfast/event-store';
import { READ_MODEL, readCheckpoint, rebuild } from '@holdfast/read-model';
import type { Bench, BenchOptions } from '../bench.js';
import type { Figures } from '../measure/figures.js';
import { interleave } from '../measure/interleave.js';
import { comparison, exactly, figure, type BenchReport } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { locationsOf, placing, stockUp, TENANT } from '../surroundings/stock.js';

const SKUS = 2_000;
const ORDERS_A_SKU = 20;
const AT_ONCE = 500;
/** As the rebuild itself reads. */
const PAGE = 5_000;

export const projection: Bench = { name: 'projection', about: 'rebuild of the read model against reading the same log', run };

async function run({ rounds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  try {
    const { runtime, connectionString } = engines;
    const { pool } = runtime.database;
    const { eventStore } = runtime;
    await happen(engines);
    say(`projection: ${figure(Number(await eventStore.head()) + 1)} events`);
    await projected(engines, (events) => say(`projection: ${figure(events)} of them projected`));
    let different = 0;
    const measured = await interleave({
      rounds,
      seconds: 0,
      warmUpSeconds: 0,
      baseline: { prepare: () => Promise.resolve(), run: () => timed(() => readAll(engines)) },
      holdfast: {
        prepare: () => Promise.resolve(),
        run: () =>
          timed(async () => {
            const { events, equal } = await rebuild({ connectionString, pool, eventStore, swap: false });
            if (!equal) different += 1;
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

/** Lets the projection do its ordinary work first: its tables are what a rebuild is compared with. */
async function projected({ runtime }: Engines, onProgress: (events: number) => void): Promise<void> {
  const { eventStore, database } = runtime;
  const head = await eventStore.head();
  const service = await atpProjectionService.start(runtime);
  for (let shownAt = Date.now(); ; await sleep(100)) {
    const { position } = await readCheckpoint(database.pool, READ_MODEL);
    if (position >= head) break;
    if (Date.now() - shownAt < 5_000) continue;
    shownAt = Date.now();
    onProgress(Number(position) + 1);
  }
  await service.stop();
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
