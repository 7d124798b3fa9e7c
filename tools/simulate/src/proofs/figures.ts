import type { Interleaving } from '../interleavings/interleave.js';
import type { RunResult } from '../run-seed.js';

const sum = <Item>(items: readonly Item[], figure: (item: Item) => number): number =>
  items.reduce((total, item) => total + figure(item), 0);

export const deathsIn = (runs: readonly RunResult[]): number => sum(runs, ({ deaths }) => deaths);

export const figuresOfSeeds = (runs: readonly RunResult[]): string =>
  `${sum(runs, ({ events }) => events)} events, ${sum(runs, ({ answers }) => answers)} answers, ` +
  `${deathsIn(runs)} deaths of processes, ${sum(runs, ({ checks }) => checks)} checks`;

export const figuresOfChannels = (runs: readonly RunResult[]): string =>
  `${sum(runs, ({ answers }) => answers)} calls of vendors, ${sum(runs, ({ events }) => events)} changes of listings, ` +
  `${deathsIn(runs)} deaths of processes, ${sum(runs, ({ checks }) => checks)} checks`;

/** Number of runs that differ in the order of their events. */
export const differentOrders = (runs: readonly Interleaving[]): number => new Set(runs.map(({ order }) => order)).size;

/** How often reservations ended in each way. */
export function endingsOf(runs: readonly Interleaving[]): ReadonlyMap<string, number> {
  const endings = new Map<string, number>();
  for (const run of runs) for (const [way, times] of run.endings) endings.set(way, (endings.get(way) ?? 0) + times);
  return endings;
}

export function figuresOfInterleavings(runs: readonly Interleaving[]): string {
  const ends = [...endingsOf(runs)].map(([way, times]) => `${times} ${way}`).join(', ');
  const [checks, events] = [sum(runs, (run) => run.checks), sum(runs, (run) => run.events)];
  return `${differentOrders(runs)} of them different: ${checks} checks after ${events} events, every reservation ended once (${ends})`;
}
