import { digestOf, WarehouseAuditor } from '@holdfast/simulation';
import { during } from '../during.js';
import { factOf } from '../fact-of.js';
import { Fleet } from '../fleet.js';
import type { RunResult } from '../run-seed.js';
import { count, finishCount } from './counting.js';
import { finishTransfers, Person, sell, transfer } from './people.js';
import type { ProcessPlant } from './plants.js';
import { startWarehouse, type WarehouseProcess } from './warehouse-process.js';
import { FROM, SKUS, TO, WarehouseWorld } from './warehouse-world.js';

const STORM_MS = { least: 5_000, most: 10_000 } as const;
const OUTAGE_MS = { least: 100, most: 900 } as const;
/** Longer than the longest pause of the watchdog and a lease. */
const SETTLING_MS = 12_000;

/** One run: transfers, counts and sales at once, over engines that fail; everything settles, and the auditor checks it. */
export async function runProcesses(seed: number, plant?: ProcessPlant): Promise<RunResult> {
  const world = new WarehouseWorld(seed, plant);
  const { time, random } = world;
  const fleet = new Fleet<WarehouseProcess>(world, random.pick([1, 2, 3]), (life) => startWarehouse(world, life));
  await time.passUntil(time.now() + 500);
  const first = new Person(world, fleet);
  for (const sku of SKUS) for (const at of [FROM, TO]) await during(time, first.receive(sku, at, random.between(3, 9)));

  const end = time.now() + random.between(STORM_MS.least, STORM_MS.most);
  world.faults.storm();
  const work = [sell, transfer, transfer, count].map((doWork) => doWork(new Person(world, fleet), end));
  void strike(world, fleet, end);
  await time.passUntil(end);
  world.faults.calm();
  await during(time, Promise.all(work));
  await time.passUntil(time.now() + SETTLING_MS);
  await during(time, finishTransfers(first));
  for (const batchId of world.batchIds) await during(time, finishCount(first, batchId));
  await time.passUntil(time.now() + SETTLING_MS);

  const { events } = await world.log.store.readAll({ after: -1n, limit: 1_000_000 });
  const facts = events.map(factOf);
  const auditor = new WarehouseAuditor();
  for (const fact of facts) auditor.observe(fact);
  auditor.settled();
  const faults = [...auditor.faults, ...world.failures];
  return {
    seed,
    digest: digestOf(facts),
    faults,
    events: facts.length,
    answers: world.answers,
    deaths: fleet.deaths,
    checks: auditor.checks,
  };
}

async function strike({ time, random, faults }: WarehouseWorld, fleet: Fleet<WarehouseProcess>, until: number): Promise<void> {
  while (time.now() < until) {
    await time.sleep(random.between(150, 1_500));
    if (time.now() >= until) return;
    if (random.chance(0.8)) fleet.kill();
    else faults.outage(random.between(OUTAGE_MS.least, OUTAGE_MS.most));
  }
}
