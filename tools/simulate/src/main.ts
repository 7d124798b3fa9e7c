import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { findPlant } from './find-plant.js';
import { manySeeds, type Stretch, type StretchRunner } from './many-seeds.js';
import { PLANTS } from './plants/index.js';
import { runSeed } from './run-seed.js';

const HELP = `Runs the reservation service on a virtual clock over engines that fail, and audits what came of it.

  npm run simulate -- --seed S            one run: its digest, and what the auditor found
  npm run simulate -- --from N --seeds M  M runs from seed N on; exits 1 at the first that fails
                      [--jobs J]          so many beside each other, as many as there are cores unless given
  npm run simulate -- --plants [--seeds M] every planted mistake, each to be found within M seeds (1,000)
`;
const PROGRESS_EVERY_MS = 5_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function one(seed: number): Promise<boolean> {
  const { faults, digest, events, answers, deaths, checks } = await runSeed(seed);
  say(`seed ${seed}: ${events} events, ${answers} answers, ${deaths} deaths of processes, ${checks} checks`);
  say(`digest ${digest}`);
  for (const fault of faults) say(`FAULT ${fault}`);
  return faults.length === 0;
}

async function many(from: number, seeds: number, jobs: number): Promise<boolean> {
  const workers = Array.from({ length: Math.max(1, jobs) }, () => new Worker(new URL('./seed-worker.js', import.meta.url)));
  let told = performance.now();
  try {
    const outcome = await manySeeds(from, seeds, workers.map(inWorker), (done) => {
      if (performance.now() - told < PROGRESS_EVERY_MS) return;
      say(`${done} of ${seeds} seeds hold`);
      told = performance.now();
    });
    if (outcome.kind === 'failed') {
      say(`seed ${outcome.seed} FAILED; npm run simulate -- --seed ${outcome.seed} shows it again`);
      for (const fault of outcome.faults) say(`FAULT ${fault}`);
      return false;
    }
    const { events, answers, deaths, checks } = outcome.totals;
    say(`${seeds} seeds from ${from} hold: ${events} events, ${answers} answers, ${deaths} deaths of processes, ${checks} checks`);
    return true;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const inWorker =
  (worker: Worker): StretchRunner =>
  async (from, seeds) => {
    worker.postMessage([from, seeds]);
    const [stretch] = (await once(worker, 'message')) as [Stretch];
    return stretch;
  };

async function plants(seeds: number): Promise<boolean> {
  let missed = 0;
  for (const plant of PLANTS) {
    const found = await findPlant(plant, 1, seeds);
    say(`${plant.name}: ${found === undefined ? `NOT FOUND in ${seeds} seeds` : `seed ${found.seed}: ${found.fault}`}`);
    if (found === undefined) missed += 1;
  }
  say(`${PLANTS.length - missed} of ${PLANTS.length} planted mistakes found`);
  return missed === 0;
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
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    say(HELP);
    return true;
  }
  if (values.plants === true) return plants(wholeNumber(values.seeds, 1_000));
  if (values.from !== undefined || values.seeds !== undefined) {
    return many(wholeNumber(values.from, 1), wholeNumber(values.seeds, 1_000), wholeNumber(values.jobs, availableParallelism()));
  }
  return one(wholeNumber(values.seed, Math.floor(Math.random() * 2 ** 31)));
}

try {
  process.exit((await run()) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
