/** Result of seeds that ran one after the other: that of each, or the first failure. */
export type Stretch<Result> =
  | { readonly kind: 'held'; readonly results: readonly Result[] }
  | { readonly kind: 'failed'; readonly seed: number; readonly faults: readonly string[] };

/** Runs a number of seeds, from the first one on. */
export type StretchRunner<Result> = (from: number, seeds: number) => Promise<Stretch<Result>>;

/** Seeds that a runner gets at once: few, so that a failure is reported soon. */
const STRETCH = 20;

/** @throws the error of a run, with its seed */
export async function runStretch<Result extends { readonly faults: readonly string[] }>(
  from: number,
  seeds: number,
  run: (seed: number) => Promise<Result>,
): Promise<Stretch<Result>> {
  const results: Result[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await run(seed).catch((error: unknown) => {
      throw new Error(`seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
    if (result.faults.length > 0) return { kind: 'failed', seed, faults: result.faults };
    results.push(result);
  }
  return { kind: 'held', results };
}

/**
 * Runs seeds on several runners at once, in ranges. After a failure no later seeds are started, and those before it are finished, so the
 * reported failure is always that of the lowest seed.
 */
export async function manySeeds<Result>(
  from: number,
  seeds: number,
  runners: readonly StretchRunner<Result>[],
  onProgress: (done: number) => void,
): Promise<Stretch<Result>> {
  const end = from + seeds;
  let next = from;
  const results: Result[] = [];
  const failures: Extract<Stretch<Result>, { kind: 'failed' }>[] = [];
  const work = async (runner: StretchRunner<Result>): Promise<void> => {
    while (next < end && failures.length === 0) {
      const begin = next;
      const count = Math.min(STRETCH, end - begin);
      next += count;
      const stretch = await runner(begin, count);
      if (stretch.kind === 'held') {
        results.push(...stretch.results);
        onProgress(results.length);
      } else failures.push(stretch);
    }
  };
  await Promise.all(runners.map(work));
  const [lowest] = failures.sort((left, right) => left.seed - right.seed);
  return lowest ?? { kind: 'held', results };
}
