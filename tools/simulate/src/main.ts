import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { CHANNEL_PLANTS } from './channels/plants/index.js';
import { runChannels } from './channels/run-channels.js';
import { interleave } from './interleavings/interleave.js';
import { PLANTS } from './plants/index.js';
import { PROCESS_PLANTS } from './processes/plants.js';
import { runProcesses } from './processes/run-processes.js';
import { figuresOfChannels, figuresOfInterleavings, figuresOfSeeds } from './proofs/figures.js';
import { findPlants } from './proofs/find-plants.js';
import { runChannelSeeds, runInterleavings, runProcessSeeds, runSeeds } from './proofs/run-many.js';
import { say } from './proofs/say.js';
import { runSeed } from './run-seed.js';
import type { Runs } from './workers/work.js';
import { WorkerPool } from './workers/worker-pool.js';

const HELP = `Runs the reservation service on a virtual clock over engines that fail, and audits what came of it.

  npm run simulate -- --seed S            one run: its digest, and what the auditor found
  npm run simulate -- --from N --seeds M  M runs from seed N on; exits 1 at the first that fails
                      [--jobs J]          so many beside each other, as many as there are cores unless given
  npm run simulate -- --plants [--seeds M] every planted mistake, each to be found within M seeds (1,000)

With --interleavings the first two run commands about one SKU that several processes decide on at once. With --channels all of them run the
delivery to sales channels over vendors that fail, and with --processes transfers and counts of the warehouse.
`;

function tellFaults(faults: readonly string[]): boolean {
  for (const fault of faults) say(`FAULT ${fault}`);
  return faults.length === 0;
}

async function oneSeed(seed: number): Promise<boolean> {
  const result = await runSeed(seed);
  say(`seed ${seed}: ${figuresOfSeeds([result])}`);
  say(`digest ${result.digest}`);
  return tellFaults(result.faults);
}

async function oneInterleaving(seed: number): Promise<boolean> {
  const result = await interleave(seed);
  say(`interleaving ${seed}: ${result.checks} checks after ${result.events} events`);
  return tellFaults(result.faults);
}

async function oneOfChannels(seed: number): Promise<boolean> {
  const result = await runChannels(seed);
  say(`seed ${seed} of channels: ${figuresOfChannels([result])}`);
  say(`digest ${result.digest}`);
  return tellFaults(result.faults);
}

async function oneOfProcesses(seed: number): Promise<boolean> {
  const result = await runProcesses(seed);
  say(`seed ${seed} of processes: ${figuresOfSeeds([result])}`);
  say(`digest ${result.digest}`);
  return tellFaults(result.faults);
}

const ONE: Readonly<Record<keyof Runs, (seed: number) => Promise<boolean>>> = {
  seeds: oneSeed,
  interleavings: oneInterleaving,
  channels: oneOfChannels,
  processes: oneOfProcesses,
};

const MANY: Readonly<Record<keyof Runs, (pool: WorkerPool, from: number, count: number) => Promise<string | undefined>>> = {
  seeds: (...args) => runSeeds(...args).then((runs) => runs && figuresOfSeeds(runs)),
  interleavings: (...args) => runInterleavings(...args).then((runs) => runs && figuresOfInterleavings(runs)),
  channels: (...args) => runChannelSeeds(...args).then((runs) => runs && figuresOfChannels(runs)),
  processes: (...args) => runProcessSeeds(...args).then((runs) => runs && figuresOfSeeds(runs)),
};

async function manyOf(kind: keyof Runs, pool: WorkerPool, from: number, count: number): Promise<boolean> {
  const figures = await MANY[kind](pool, from, count);
  if (figures === undefined) return false;
  say(`${count} ${kind} from ${from} hold: ${figures}`);
  return true;
}

function wholeNumber(text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${String(text)} is no seed and no count\n\n${HELP}`);
  return number;
}

async function run(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      from: { type: 'string' },
      seeds: { type: 'string' },
      jobs: { type: 'string' },
      plants: { type: 'boolean' },
      interleavings: { type: 'boolean' },
      channels: { type: 'boolean' },
      processes: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    say(HELP);
    return true;
  }
  const kind = (['channels', 'processes', 'interleavings'] as const).find((each) => values[each] === true) ?? 'seeds';
  const count = wholeNumber(values.seeds, 1_000);
  const pool = (): WorkerPool => new WorkerPool(Math.max(1, wholeNumber(values.jobs, availableParallelism())));
  if (values.plants === true) {
    const plants = kind === 'channels' ? CHANNEL_PLANTS : kind === 'processes' ? PROCESS_PLANTS : PLANTS;
    const runs = kind === 'interleavings' ? 'seeds' : kind;
    const names = plants.map(({ name }) => name);
    return (await findPlants(pool(), names, runs, count)) === names.length;
  }
  if (values.from !== undefined || values.seeds !== undefined) return manyOf(kind, pool(), wholeNumber(values.from, 1), count);
  const seed = wholeNumber(values.seed, Math.floor(Math.random() * 2 ** 31));
  return ONE[kind](seed);
}

try {
  process.exit((await run()) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
