import { parseArgs } from 'node:util';
import { findPlant } from './find-plant.js';
import { PLANTS } from './plants/index.js';
import { runSeed } from './run-seed.js';

const HELP = `Runs the reservation service on a virtual clock over engines that fail, and audits what came of it.

  npm run simulate -- --seed S            one run: its digest, and what the auditor found
  npm run simulate -- --from N --seeds M  M runs from seed N on; exits 1 at the first that fails
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

async function many(from: number, seeds: number): Promise<boolean> {
  const totals = { events: 0, answers: 0, deaths: 0, checks: 0 };
  let told = performance.now();
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await runSeed(seed);
    if (result.faults.length > 0) {
      say(`seed ${seed} FAILED; npm run simulate -- --seed ${seed} shows it again`);
      for (const fault of result.faults) say(`FAULT ${fault}`);
      return false;
    }
    for (const figure of ['events', 'answers', 'deaths', 'checks'] as const) totals[figure] += result[figure];
    if (performance.now() - told > PROGRESS_EVERY_MS) {
      say(`seed ${seed}: ${seed - from + 1} of ${seeds} seeds hold`);
      told = performance.now();
    }
  }
  say(
    `${seeds} seeds from ${from} hold: ${totals.events} events, ${totals.answers} answers, ${totals.deaths} deaths of processes, ${totals.checks} checks`,
  );
  return true;
}

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
      plants: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    say(HELP);
    return true;
  }
  if (values.plants === true) return plants(wholeNumber(values.seeds, 1_000));
  if (values.from !== undefined || values.seeds !== undefined) return many(wholeNumber(values.from, 1), wholeNumber(values.seeds, 1_000));
  return one(wholeNumber(values.seed, Math.floor(Math.random() * 2 ** 31)));
}

try {
  process.exit((await run()) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
