import { digestOf } from '@holdfast/simulation';
import { during } from '../during.js';
import { Fleet } from '../fleet.js';
import type { RunResult } from '../run-seed.js';
import { auditEnd, auditZeroFirst } from './audit/end.js';
import { startChannelProcess, type ChannelProcess } from './channel-process.js';
import { tellChanges } from './hooks.js';
import type { ChannelPlant } from './plants/plant.js';
import { listingOf, refOf, setUp, type Kind } from './set-up.js';
import { FigureTopic } from './topic.js';
import { ChannelWorld, SKUS } from './world.js';

const STORM_MS = { least: 5_000, most: 14_000 } as const;
const OUTAGE_MS = { least: 200, most: 2_500 } as const;
/**
 * Calls that arrive late have arrived, leases of the dead have passed, and so has the right to renew a token, which a process that died may have
 * had for 20 seconds.
 */
const SETTLING_MS = 26_000;
/** Where nothing fails: all is told, within the limits, and confirmed. */
const CALM_MS = 7_000;
/** Edits by hand set figures that no figure of ours ever has. */
const FIRST_EDIT = 100_000;
/** Comparisons of one channel at once, so that several processes want its limits. */
const MOST_COMPARING = 4;
const COMPARED_IN_A_ROW = 4;

/** One run: channels are told figures while everything fails, then all settles, and what they show is audited. */
export async function runChannels(seed: number, plant?: ChannelPlant): Promise<RunResult> {
  const world = new ChannelWorld(seed, plant);
  const { time, random, auditor } = world;
  const kinds = setUp(world);
  const fleet = new Fleet(world, random.pick([2, 3]), (life) => Promise.resolve(startChannelProcess(world, life)));
  const topic = new FigureTopic(world, fleet, kinds);
  tellChanges(world, fleet, kinds);
  await time.passUntil(time.now() + 10);
  topic.publish(SKUS, () => random.between(20, 5_000), 0);

  const end = time.now() + random.between(STORM_MS.least, STORM_MS.most);
  world.storm();
  const telling = topic.work(end);
  void editByHand(world, kinds, end);
  void compareNowAndThen(world, fleet, kinds, end);
  void strike(world, fleet, kinds, end);
  await time.passUntil(end);
  world.calm();
  await during(time, telling);
  await time.passUntil(time.now() + SETTLING_MS);
  await compareAll(world, fleet, kinds);
  await time.passUntil(time.now() + CALM_MS);
  auditEnd(world, topic, kinds);

  for (const kind of kinds) for (const sku of SKUS) world.channels.decideConflict(refOf(kind), sku);
  await time.passUntil(time.now() + CALM_MS);
  auditEnd(world, topic, kinds);
  await zeroAmongMany(world, topic, kinds);

  const changes = kinds.map((kind) => [...world.vendor(kind).listings.values()].map((listing) => listing.changes));
  const events = changes.flat(2).length;
  return {
    seed,
    digest: digestOf(changes),
    faults: auditor.faults,
    events,
    answers: auditor.calls,
    deaths: fleet.deaths,
    checks: auditor.checks,
  };
}

async function editByHand(world: ChannelWorld, kinds: readonly Kind[], until: number): Promise<void> {
  const { time, random } = world;
  for (let edit = FIRST_EDIT; ; edit += 1) {
    await time.sleep(random.between(500, 6_000));
    if (time.now() >= until) return;
    const kind = random.pick(kinds);
    world.vendor(kind).editByHand(listingOf(kind, random.pick(SKUS)), edit);
  }
}

async function compareNowAndThen(world: ChannelWorld, fleet: Fleet<ChannelProcess>, kinds: readonly Kind[], until: number): Promise<void> {
  const { time, random } = world;
  for (;;) {
    await time.sleep(random.between(1_500, 5_000));
    if (time.now() >= until) return;
    const kind = random.pick(kinds);
    const times = random.chance(0.5) ? COMPARED_IN_A_ROW : 1;
    for (let callers = random.between(1, MOST_COMPARING); callers > 0; callers -= 1) void compareInARow(fleet, kind, times);
  }
}

/** One comparison after the other, each by any process: for longer than a burst all processes want calls of one account. */
async function compareInARow(fleet: Fleet<ChannelProcess>, kind: Kind, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    await fleet
      .any()
      ?.compare(refOf(kind))
      .catch(() => undefined);
}

/** Every channel is compared once, by a process that lives. */
async function compareAll({ time }: ChannelWorld, fleet: Fleet<ChannelProcess>, kinds: readonly Kind[]): Promise<void> {
  for (const kind of kinds) {
    let process = fleet.any();
    for (; process === undefined; process = fleet.any()) await time.passUntil(time.now() + 100);
    await during(time, process.compare(refOf(kind)));
  }
}

/** Processes die, vendors go away for a while or forget their tokens. */
async function strike(world: ChannelWorld, fleet: Fleet<ChannelProcess>, kinds: readonly Kind[], until: number): Promise<void> {
  const { time, random, network } = world;
  for (;;) {
    await time.sleep(random.between(300, 3_000));
    if (time.now() >= until) return;
    const kind = random.pick(kinds);
    const drawn = random.next();
    if (drawn < 0.4) fleet.kill();
    else if (drawn < 0.55) void fleet.any()?.stop();
    else if (drawn < 0.7) world.vendor(kind).revokeTokens();
    else if (drawn < 0.85) network.outage(kind, random.between(OUTAGE_MS.least, OUTAGE_MS.most));
    else world.database.outage(random.between(OUTAGE_MS.least, OUTAGE_MS.most));
  }
}

/** Many figures and one zero are told at once: the zero goes first. */
async function zeroAmongMany(world: ChannelWorld, topic: FigureTopic, kinds: readonly Kind[]): Promise<void> {
  const { time, random } = world;
  topic.publish(SKUS, () => random.between(6_000, 9_000), 0);
  await time.passUntil(time.now() + CALM_MS);
  const before = new Map(kinds.map((kind) => [kind, world.vendor(kind).received.length]));
  const zero = random.pick(SKUS);
  topic.publish(SKUS, (sku) => (sku === zero ? 0 : random.between(10_000, 20_000)), 0);
  await time.passUntil(time.now() + CALM_MS);
  auditZeroFirst(world, kinds, before, zero);
  auditEnd(world, topic, kinds);
}
