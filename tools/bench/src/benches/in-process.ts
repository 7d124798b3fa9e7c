import { availableParallelism } from 'node:os';
import type { Bench, BenchOptions } from '../bench.js';
import { closedLoop } from '../measure/closed-loop.js';
import { interleave } from '../measure/interleave.js';
import { comparison, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { SqlShop } from '../surroundings/sql-shop.js';
import { locationsOf, reserve, stockUp } from '../surroundings/stock.js';

const UNITS = 100_000_000;
const WARM_UP_SHARE = 0.5;

interface Work {
  readonly name: string;
  readonly about: string;
  readonly callers: number;
  readonly skus: number;
  readonly locations: number;
  /** A request takes 1 to so many units. */
  readonly mostUnits: number;
  readonly leastRatio: number;
}

/** Reservations by function call to durable answer, against the SQL statement on the same Postgres. Every round has SKUs of its own. */
export const inProcess = (work: Work): Bench => ({ name: work.name, about: work.about, run: (options) => run(work, options) });

async function run(work: Work, { rounds, seconds, say }: BenchOptions): Promise<BenchReport> {
  const { name, callers, skus, locations, mostUnits, leastRatio } = work;
  const engines = await openEngines();
  const shop = await SqlShop.open(engines.connectionString);
  const { ledger } = engines.runtime;
  const sources = locationsOf(locations);
  const names = (round: number): string[] => Array.from({ length: skus }, (_none, index) => `SKU-${String(round)}-${String(index)}`);
  const upTo = (most: number): number => 1 + Math.floor(Math.random() * most);
  try {
    const measured = await interleave({
      rounds,
      seconds,
      warmUpSeconds: seconds * WARM_UP_SHARE,
      baseline: {
        prepare: () => shop.stock(skus, locations, UNITS),
        run: async (_round, lasting) => {
          const figures = await closedLoop({
            callers,
            seconds: lasting,
            request: async () => {
              if (!(await shop.take(upTo(skus), upTo(locations), upTo(mostUnits)))) throw new Error('the baseline ran out of stock');
            },
          });
          await shop.check();
          return figures;
        },
      },
      holdfast: {
        prepare: (round) => stockUp(ledger, names(round), sources, UNITS),
        run: (round, lasting) => {
          const ofRound = names(round);
          return closedLoop({
            callers,
            seconds: lasting,
            request: () => reserve(ledger, ofRound[upTo(skus) - 1] ?? '', upTo(mostUnits), sources),
          });
        },
      },
      onRound: ({ baseline, holdfast, ratio }, number) => {
        say(
          `${name} ${String(number)}/${String(rounds)}: SQL ${figure(baseline.perSecond)}/s, Holdfast ${figure(holdfast.perSecond)}/s, ${figure(ratio)}×`,
        );
      },
    });
    return comparison({
      name,
      baseline: 'one SQL statement, prepared, 32 connections',
      holdfast: 'SkuLedger.execute',
      rounds: measured,
      leastRatio,
      notes: [
        `${String(callers)} caller(s), ${String(skus)} SKU(s) × ${String(locations)} location(s), 1 to ${String(mostUnits)} unit(s), ${String(seconds)} s a round`,
        `Load, Holdfast and Postgres share ${String(availableParallelism())} cores; fsync and synchronous_commit are on.`,
      ],
    });
  } finally {
    await shop.close();
    await engines.stop();
  }
}
