import { isDeepStrictEqual } from 'node:util';

export interface Find {
  readonly seed: number;
  /** How the mistake was found. */
  readonly fault: string;
}

type Run<Plant> = (seed: number, plant: Plant) => Promise<{ readonly faults: readonly string[] }>;

/** Runs seed after seed until one reveals the mistake, by a fault or, where seeds are run twice, by another result of the same seed. */
export async function findPlant<Plant>(
  plant: Plant,
  from: number,
  seeds: number,
  run: Run<Plant>,
  twice: boolean,
): Promise<Find | undefined> {
  for (let seed = from; seed < from + seeds; seed += 1) {
    const first = await attempt(run, seed, plant);
    const [fault] = first.faults;
    if (fault !== undefined) return { seed, fault };
    if (twice && !isDeepStrictEqual(await attempt(run, seed, plant), first)) return { seed, fault: 'the same seed gave another log' };
  }
  return undefined;
}

/** A planted mistake may also bring a run to a halt. */
async function attempt<Plant>(run: Run<Plant>, seed: number, plant: Plant): Promise<{ readonly faults: readonly string[] }> {
  try {
    return await run(seed, plant);
  } catch (error) {
    return { faults: [String(error)] };
  }
}
