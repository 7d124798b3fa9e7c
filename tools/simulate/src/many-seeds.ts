import type { RunResult } from './run-seed.js';

type Totals = Pick<RunResult, 'events' | 'answers' | 'deaths' | 'checks'>;

/** Seeds run one after the other: what they came to, or the first that failed. */
export type Stretch =
  | { readonly kind: 'held'; readonly totals: Totals }
  | { readonly kind: 'failed'; readonly seed: number; readonly faults: readonly string[] };

/** Runs so many seeds from one on. */
export type StretchRunner = (from: number, seeds: number) => Promise<Stretch>;

/** Seeds given out at once: few, so that a failure is told soon. */
const STRETCH = 20;

const NOTHING: Totals = { events: 0, answers: 0, deaths: 0, checks: 0 };

const sum = (one: Totals, other: Totals): Totals => ({
  events: one.events + other.events,
  answers: one.answers + other.answers,
  deaths: one.deaths + other.deaths,
  checks: one.checks + other.checks,
});

/** @throws what a run throws, with its seed */
export async function runStretch(from: number, seeds: number, run: (seed: number) => Promise<RunResult>): Promise<Stretch> {
  let totals = NOTHING;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await run(seed).catch((error: unknown) => {
      throw new Error(`seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
    if (result.faults.length > 0) return { kind: 'failed', seed, faults: result.faults };
    totals = sum(totals, result);
  }
  return { kind: 'held', totals };
}

/**
 * Runs seeds over several runners at once, in stretches. After a failure no later seeds are begun, and those before it are finished: the
 * failure told is that of the lowest seed, however many run beside each other.
 */
export async function manySeeds(
  from: number,
  seeds: number,
  runners: readonly StretchRunner[],
  onProgress: (done: number) => void,
): Promise<Stretch> {
  const end = from + seeds;
  let next = from;
  let done = 0;
  let totals = NOTHING;
  const failures: Extract<Stretch, { kind: 'failed' }>[] = [];
  const work = async (runner: StretchRunner): Promise<void> => {
    while (next < end && failures.length === 0) {
      const begin = next;
      const count = Math.min(STRETCH, end - begin);
      next += count;
      const stretch = await runner(begin, count);
      if (stretch.kind === 'held') {
        totals = sum(totals, stretch.totals);
        done += count;
        onProgress(done);
      } else failures.push(stretch);
    }
  };
  await Promise.all(runners.map(work));
  const [lowest] = failures.sort((left, right) => left.seed - right.seed);
  return lowest ?? { kind: 'held', totals };
}
