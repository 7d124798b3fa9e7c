import { manySeeds, runStretch, type StretchRunner } from './many-seeds.js';
import type { RunResult } from '../run-seed.js';

const result = (seed: number, faults: readonly string[] = []): RunResult => ({
  seed,
  digest: '',
  faults,
  events: 10,
  answers: 5,
  deaths: 1,
  checks: 20,
});

/** Fails at these seeds, each after so many turns of the event loop. */
function running(failing: ReadonlyMap<number, number>): { readonly runner: StretchRunner<RunResult>; readonly seen: number[] } {
  const seen: number[] = [];
  const run = async (seed: number): Promise<RunResult> => {
    seen.push(seed);
    for (let turns = failing.get(seed) ?? 0; turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
    return result(seed, failing.has(seed) ? ['a fault'] : []);
  };
  return { runner: (from, seeds) => runStretch(from, seeds, run), seen };
}

describe('many seeds', () => {
  it('are each run once, over all runners, and what each came to is given back', async () => {
    const [one, two] = [running(new Map()), running(new Map())];
    const told: number[] = [];
    const outcome = await manySeeds(7, 95, [one.runner, two.runner], (done) => void told.push(done));
    const results = outcome.kind === 'held' ? outcome.results.map(({ seed }) => seed).sort((left, right) => left - right) : [];
    const all = [...one.seen, ...two.seen].sort((left, right) => left - right);
    expect(all).toEqual(Array.from({ length: 95 }, (_none, n) => 7 + n));
    expect(results).toEqual(all);
    expect([one.seen.length, two.seen.length].every((count) => count > 0)).toBe(true);
    expect(told.at(-1)).toBe(95);
  });

  it('stop at the lowest seed that fails, also where a later one failed first', async () => {
    const failing = new Map([
      [15, 50],
      [33, 1],
    ]);
    const [one, two] = [running(failing), running(failing)];
    const outcome = await manySeeds(1, 1_000, [one.runner, two.runner], () => undefined);
    expect(outcome).toEqual({ kind: 'failed', seed: 15, faults: ['a fault'] });
    expect(Math.max(...one.seen, ...two.seen)).toBeLessThan(100);
  });

  it('name the seed of a run that broke down', async () => {
    const broken = (): Promise<RunResult> => Promise.reject(new Error('no such thing'));
    await expect(runStretch(4, 2, broken)).rejects.toThrow('seed 4: Error: no such thing');
  });
});
