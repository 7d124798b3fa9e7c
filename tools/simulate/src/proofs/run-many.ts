import { manySeeds, type StretchRunner } from '../workers/many-seeds.js';
import type { Runs } from '../workers/work.js';
import type { WorkerPool } from '../workers/worker-pool.js';
import { say } from './say.js';

const PROGRESS_EVERY_MS = 5_000;
const REPLAY = {
  seeds: 'npm run simulate -- --seed',
  interleavings: 'npm run simulate -- --interleavings --seed',
  channels: 'npm run simulate -- --channels --seed',
  processes: 'npm run simulate -- --processes --seed',
} as const;

/** Runs seeds on all workers. @returns undefined if one failed, see `runMany` */
export const runSeeds = (pool: WorkerPool, from: number, count: number): Promise<readonly Runs['seeds'][] | undefined> =>
  runMany(
    'seeds',
    from,
    count,
    Array(pool.size).fill((begin: number, some: number) => pool.call('seeds', begin, some)),
  );

export const runInterleavings = (pool: WorkerPool, from: number, count: number): Promise<readonly Runs['interleavings'][] | undefined> =>
  runMany(
    'interleavings',
    from,
    count,
    Array(pool.size).fill((begin: number, some: number) => pool.call('interleavings', begin, some)),
  );

export const runChannelSeeds = (pool: WorkerPool, from: number, count: number): Promise<readonly Runs['channels'][] | undefined> =>
  runMany(
    'channels',
    from,
    count,
    Array(pool.size).fill((begin: number, some: number) => pool.call('channels', begin, some)),
  );

export const runProcessSeeds = (pool: WorkerPool, from: number, count: number): Promise<readonly Runs['processes'][] | undefined> =>
  runMany(
    'processes',
    from,
    count,
    Array(pool.size).fill((begin: number, some: number) => pool.call('processes', begin, some)),
  );

/** Prints its progress. Of the failed seeds it prints the lowest and how to run it again, and returns undefined. */
async function runMany<Result>(
  kind: keyof Runs,
  from: number,
  count: number,
  runners: readonly StretchRunner<Result>[],
): Promise<readonly Result[] | undefined> {
  let told = performance.now();
  const outcome = await manySeeds(from, count, runners, (done) => {
    if (performance.now() - told < PROGRESS_EVERY_MS) return;
    say(`${done} of ${count} ${kind} hold`);
    told = performance.now();
  });
  if (outcome.kind === 'held') return outcome.results;
  say(`seed ${outcome.seed} of the ${kind} FAILED; ${REPLAY[kind]} ${outcome.seed} shows it again`);
  for (const fault of outcome.faults) say(`FAULT ${fault}`);
  return undefined;
}
