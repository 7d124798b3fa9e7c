import { isDeepStrictEqual } from 'node:util';
import type { Plant } from './plants/plant.js';
import { runSeed } from './run-seed.js';

export interface Find {
  readonly seed: number;
  /** How the mistake was found. */
  readonly fault: string;
}

type Run = (seed: number, plant: Plant) => Promise<{ readonly faults: readonly string[] }>;

/** Runs seed after seed until one reveals the mistake, by a fault or by a repeat of the seed with another result. */
export async function findPlant(plant: Plant, from: number, seeds: number, run: Run = runSeed): Promise<Find | undefined> {
  for (let seed = from; seed < from + seeds; seed += 1) {
    const first = await attempt(run, seed, plant);
    const [fault] = first.faults;
    if (fault !== undefined) return { seed, fault };
    if (!isDeepStrictEqual(await attempt(run, seed, plant), first)) return { seed, fault: 'the same seed gave another log' };
  }
  return undefined;
}

/** A planted mistake may also bring a run to a halt. */
async function attempt(run: Run, seed: number, plant: Plant): Promise<{ readonly faults: readonly string[] }> {
  try {
    return await run(seed, plant);
  } catch (error) {
    return { faults: [String(error)] };
  }
}
