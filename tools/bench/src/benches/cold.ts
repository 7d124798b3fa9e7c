import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchOptions } from '../bench.js';
import { closedLoop } from '../measure/closed-loop.js';
import { median, medianFigures, type Figures } from '../measure/figures.js';
import { atMost, figure, type BenchReport } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { locationsOf, reserve, stockUp } from '../surroundings/stock.js';

const COLD_SKUS = 1_000;
const COLD_CALLERS = 16;
/** Longest pause of a caller between two requests, milliseconds. */
const PAUSE_MS = 40;
const STORM_CALLERS = 64;
const UNITS = 100_000_000;
const MOST_RATIO = 2;

export const cold: Bench = { name: 'cold', about: 'reserve of other SKUs while 64 callers storm one', run };

interface Round {
  readonly quiet: Figures;
  readonly stormed: Figures;
  readonly storm: Figures;
  /** p99 of the other callers under load over their p99 without it. */
  readonly ratio: number;
}

/** Callers that send occasional requests for SKUs of their own, alternately alone and while other callers reserve one SKU at full speed. */
async function run({ rounds, seconds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  try {
    const coldSkus = Array.from({ length: COLD_SKUS }, (_none, index) => `COLD-${String(index)}`);
    await stockUp(engines.runtime.ledger, ['HOT', ...coldSkus], locationsOf(1), UNITS);
    await stormed(engines, seconds);
    const measured: Round[] = [];
    for (let number = 1; number <= rounds; number += 1) {
      const quiet = await others(engines, seconds);
      const both = await stormed(engines, seconds);
      const round = { quiet, ...both, ratio: both.stormed.p99Ms / quiet.p99Ms };
      measured.push(round);
      say(
        `cold ${String(number)}/${String(rounds)}: p99 ${figure(quiet.p99Ms)} ms alone, ${figure(both.stormed.p99Ms)} ms beside ${figure(both.storm.perSecond)}/s, ${figure(round.ratio)}×`,
      );
    }
    const ratio = median(measured.map((round) => round.ratio));
    const storm = medianFigures(measured.map((round) => round.storm));
    return {
      name: 'cold',
      baseline: { name: 'others, alone', ...medianFigures(measured.map(({ quiet }) => quiet)) },
      holdfast: { name: 'others, beside the storm', ...medianFigures(measured.map((round) => round.stormed)) },
      ratio,
      rounds: measured,
      targets: [atMost('p99 beside the storm over p99 alone', ratio, MOST_RATIO, '×')],
      notes: [
        `The storm: ${String(STORM_CALLERS)} callers on one SKU, ${figure(storm.perSecond)}/s, p99 ${figure(storm.p99Ms)} ms.`,
        `The others: ${String(COLD_CALLERS)} callers, ${String(COLD_SKUS)} SKUs, pauses up to ${String(PAUSE_MS)} ms. One process; it shares ${String(availableParallelism())} cores with Postgres.`,
      ],
    };
  } finally {
    await engines.stop();
  }
}

async function stormed(engines: Engines, seconds: number): Promise<Pick<Round, 'stormed' | 'storm'>> {
  const request = (): Promise<void> => reserve(engines.runtime.ledger, 'HOT', 1, locationsOf(1));
  const [storm, figures] = await Promise.all([closedLoop({ callers: STORM_CALLERS, seconds, request }), others(engines, seconds)]);
  return { storm, stormed: figures };
}

function others({ runtime: { ledger } }: Engines, seconds: number): Promise<Figures> {
  return closedLoop({
    callers: COLD_CALLERS,
    seconds,
    pause: () => sleep(Math.random() * PAUSE_MS),
    request: () => reserve(ledger, `COLD-${String(Math.floor(Math.random() * COLD_SKUS))}`, 1, locationsOf(1)),
  });
}
