import { Auditor, digestOf, type Fact } from '@holdfast/simulation';
import { ask, reserveErrand } from './clients/asking.js';
import { Buyer } from './clients/buyer.js';
import { Inspector } from './clients/inspector.js';
import { Miscounter } from './clients/miscounter.js';
import { LONGEST_TTL_MS, Shopper } from './clients/shopper.js';
import { StockKeeper } from './clients/stock-keeper.js';
import { WarehouseKeeper } from './clients/warehouse-keeper.js';
import { during } from './during.js';
import { factOf } from './fact-of.js';
import { Fleet } from './fleet.js';
import { Erp, warehouseOf } from './ingestion/erp.js';
import { publishStockEvents } from './ingestion/stock-events.js';
import type { Plant } from './plants/plant.js';
import { startProcess } from './process.js';
import { ERP_SKU, LOCATIONS, MANUAL_SKUS, World } from './world.js';

export interface RunResult {
  readonly seed: number;
  /** Digest of the event log and of every answer: the same for the same seed. */
  readonly digest: string;
  readonly faults: readonly string[];
  readonly events: number;
  readonly answers: number;
  readonly deaths: number;
  readonly checks: number;
}

const STORM_MS = { least: 8_000, most: 20_000 } as const;
const OUTAGE_MS = { least: 100, most: 900 } as const;
/** Twice the longest TTL, plus the time that a process may need to start and to find what is due. */
const SETTLING_MS = 2 * LONGEST_TTL_MS + 10_000;

/** One run: stock is received, callers and faults run at the same time, everything settles, and the auditor checks it. */
export async function runSeed(seed: number, plant?: Plant): Promise<RunResult> {
  const world = new World(seed, plant);
  const { time, random } = world;
  const fleet = new Fleet(world, random.pick([1, 2, 3]), (life) => startProcess(world, life));
  await time.passUntil(time.now() + 1_000);
  const erp = new Erp(world);
  world.erpStock = () => erp.read();
  void publishStockEvents(world);
  world.intake.map(warehouseOf(LOCATIONS[0].locationId), LOCATIONS[0].locationId);
  erp.open();
  const buyer = new Buyer(world, fleet);
  await during(time, stock(world, fleet));
  await during(time, buyer.open());

  const end = time.now() + random.between(STORM_MS.least, STORM_MS.most);
  world.faults.storm();
  const shoppers = Array.from({ length: random.between(2, 5) }, () => new Shopper(world, fleet).shop(end));
  const keeper = new StockKeeper(world, fleet).work(end);
  const buying = buyer.work(end);
  const bookkeeping = erp.work(end);
  const miscounter = new Miscounter(world, fleet);
  const miscounting = miscounter.work(end);
  const inspecting = new Inspector(world, fleet).work(end);
  const keeping = world.hasLots ? new WarehouseKeeper(world, fleet).work(end) : Promise.resolve();
  void mapTheOther(world, end);
  void strike(world, fleet, end);
  await time.passUntil(end);
  world.faults.calm();
  await during(time, Promise.all([...shoppers, keeper, buying, bookkeeping, miscounting, inspecting, keeping]));
  await time.passUntil(time.now() + SETTLING_MS);
  await during(time, erp.finish());
  await time.passUntil(time.now() + SETTLING_MS);
  // From now on the ERP itself tells nothing: only a poll brings these back.
  await during(time, miscounter.miscount());
  await time.passUntil(time.now() + SETTLING_MS);
  await during(time, sellOut(world, fleet));
  await time.passUntil(time.now() + SETTLING_MS);

  const facts = await factsOf(world);
  const auditor = audit(facts, world);
  auditor.posted(ERP_SKU, erp.stock, erp.posted);
  auditor.delivered(world.erpTopic.waiting + world.intake.parked.length, world.deadLetters.waiting);
  const { events, checks } = auditor.figures;
  const digest = digestOf([...facts, ...world.exchanges]);
  return { seed, digest, faults: auditor.faults, events, answers: world.exchanges.length, deaths: fleet.deaths, checks };
}

async function stock(world: World, fleet: Fleet): Promise<void> {
  const keeper = new StockKeeper(world, fleet);
  for (const sku of MANUAL_SKUS) for (const { locationId } of LOCATIONS) await keeper.receive(sku, locationId, world.random.between(1, 6));
}

/** Messages from there wait until this time. */
async function mapTheOther({ time, random, intake }: World, until: number): Promise<void> {
  await time.sleep(random.between(0, until - time.now()));
  for (const { locationId } of LOCATIONS) intake.map(warehouseOf(locationId), locationId);
}

async function strike(world: World, fleet: Fleet, until: number): Promise<void> {
  const { time, random, faults } = world;
  while (time.now() < until) {
    await time.sleep(random.between(200, 3_000));
    if (time.now() >= until) return;
    if (random.chance(0.75)) fleet.kill();
    else faults.outage(random.between(OUTAGE_MS.least, OUTAGE_MS.most));
  }
}

/** Every unit that is free by the log must be available to a reservation, and not one more. */
async function sellOut(world: World, fleet: Fleet): Promise<void> {
  const auditor = audit(await factsOf(world), world);
  for (const sku of auditor.skus()) {
    const [{ head }, now] = [world.log, world.time.now()];
    const free = auditor.stock(sku)?.fewestFree({ from: head, to: head, at: now, until: now }) ?? 0;
    for (const quantity of [free, 1]) {
      if (quantity === 0) continue;
      const name = world.random.uuid();
      const lines = [{ sku, quantity }];
      await ask(
        world,
        fleet,
        reserveErrand({ kind: 'reserve', name, orderId: `last ${name}`, lines, ttlMs: LONGEST_TTL_MS, partial: false }),
      );
    }
  }
}

function audit(facts: readonly Fact[], world: World): Auditor {
  const auditor = new Auditor();
  for (const fact of facts) auditor.observe(fact);
  auditor.answers(world.exchanges);
  auditor.settled(world.time.now());
  return auditor;
}

async function factsOf({ log }: World): Promise<readonly Fact[]> {
  const { events } = await log.store.readAll({ after: -1n, limit: 1_000_000 });
  return events.map(factOf);
}
