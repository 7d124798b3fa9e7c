import type { Plant } from './plants/plant.js';
import { runSeed } from './run-seed.js';

export interface Find {
  readonly seed: number;
  /** What gave it away. */
  readonly fault: string;
}

/** Runs seed after seed until one shows the mistake, by a fault or by a repeat of the seed that goes another way. */
export async function findPlant(plant: Plant, from: number, seeds: number): Promise<Find | undefined> {
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { faults, digest } = await attempt(seed, plant);
    const [fault] = faults;
    if (fault !== undefined) return { seed, fault };
    if ((await attempt(seed, plant)).digest !== digest) return { seed, fault: 'the same seed gave another log' };
  }
  return undefined;
}

/** A planted mistake may also bring a run to a halt. */
async function attempt(seed: number, plant: Plant): Promise<{ readonly faults: readonly string[]; readonly digest: string }> {
  try {
    return await runSeed(seed, plant);
  } catch (error) {
    return { faults: [String(error)], digest: '' };
  }
}
