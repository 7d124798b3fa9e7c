import { CHANNEL_PLANTS } from '../channels/plants/index.js';
import { PLANTS } from '../plants/index.js';
import { PROCESS_PLANTS } from '../processes/plants.js';
import { WorkerPool } from '../workers/worker-pool.js';
import { deathsIn, differentOrders, endingsOf, figuresOfChannels, figuresOfInterleavings, figuresOfSeeds } from './figures.js';
import { findPlants } from './find-plants.js';
import { runChannelSeeds, runInterleavings, runProcessSeeds, runSeeds } from './run-many.js';
import { say } from './say.js';

// `npm test` runs this on all cores. Seeds and interleavings must pass, and planted mistakes must be found; otherwise passing would prove
// little. `npm run test:deep` runs many times as many.

const SEEDS = 1_000;
const INTERLEAVINGS = 2_000;
const SEEDS_TO_FIND_A_PLANT = 1_000;
const INTERLEAVINGS_TO_FIND_A_PLANT = 300;
const PROCESS_SEEDS = 200;
const PROCESS_SEEDS_TO_FIND_A_PLANT = 200;
const CHANNEL_SEEDS = 1_000;
const CHANNEL_SEEDS_TO_FIND_A_PLANT = 300;

/** Mistakes that the order alone reveals; the others need lost answers or dying processes. */
const FOUND_BY_ORDER = [
  'revision-unchecked',
  'answered-before-stored',
  'overdue-commit',
  'early-expiry',
  'released-twice',
  'message-twice',
  'available-ignored',
  'snapshot-forgets-ended',
  'snapshot-forgets-holds',
];

/** The ways in which a reservation ends: released, expired, committed. */
const WAYS_TO_END = 3;

let pool = new WorkerPool();
let passed = 0;
let failed = 0;
const count = (holds: number, of: number): void => {
  passed += holds;
  failed += of - holds;
};
/** Fails if too little happened for a proof. */
const check = (what: string, holds: boolean): void => {
  if (!holds) say(`FAILED: ${what}`);
  count(holds ? 1 : 0, 1);
};

const names = PLANTS.map(({ name }) => name);
count(await findPlants(pool, names, 'seeds', SEEDS_TO_FIND_A_PLANT), names.length);
count(await findPlants(pool, FOUND_BY_ORDER, 'interleavings', INTERLEAVINGS_TO_FIND_A_PLANT), FOUND_BY_ORDER.length);

const channelNames = CHANNEL_PLANTS.map(({ name }) => name);
count(await findPlants(pool, channelNames, 'channels', CHANNEL_SEEDS_TO_FIND_A_PLANT), channelNames.length);

const processNames = PROCESS_PLANTS.map(({ name }) => name);
count(await findPlants(pool, processNames, 'processes', PROCESS_SEEDS_TO_FIND_A_PLANT), processNames.length);

// A planted mistake may leave something behind in its worker.
await pool.close();
pool = new WorkerPool();

const seeds = await runSeeds(pool, 1, SEEDS);
if (seeds !== undefined) say(`${SEEDS} seeds hold: ${figuresOfSeeds(seeds)}`);
check(`${SEEDS} seeds hold, and more processes die in them than there are seeds`, seeds !== undefined && deathsIn(seeds) > SEEDS);

const interleavings = await runInterleavings(pool, 1, INTERLEAVINGS);
if (interleavings !== undefined) say(`${INTERLEAVINGS} interleavings hold, ${figuresOfInterleavings(interleavings)}`);
check(
  `${INTERLEAVINGS} interleavings hold, 99 of 100 in an order of their own, with reservations that end in every way`,
  interleavings !== undefined && differentOrders(interleavings) > INTERLEAVINGS * 0.99 && endingsOf(interleavings).size === WAYS_TO_END,
);

const channels = await runChannelSeeds(pool, 1, CHANNEL_SEEDS);
if (channels !== undefined) say(`${CHANNEL_SEEDS} seeds of channels hold: ${figuresOfChannels(channels)}`);
check(
  `${CHANNEL_SEEDS} seeds of channels hold, and more processes die in them than there are seeds`,
  channels !== undefined && deathsIn(channels) > CHANNEL_SEEDS,
);

const processes = await runProcessSeeds(pool, 1, PROCESS_SEEDS);
if (processes !== undefined) say(`${PROCESS_SEEDS} seeds of processes hold: ${figuresOfSeeds(processes)}`);
check(
  `${PROCESS_SEEDS} seeds of processes hold, and more processes die in them than there are seeds`,
  processes !== undefined && deathsIn(processes) > PROCESS_SEEDS,
);

await pool.close();
say(`Proofs: ${failed === 0 ? '' : `${failed} failed, `}${passed} passed, ${passed + failed} total`);
process.exitCode = failed === 0 ? 0 : 1;
