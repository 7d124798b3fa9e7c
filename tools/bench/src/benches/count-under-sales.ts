import { Api } from '@holdfast/testing';
import type { Bench, BenchOptions } from '../bench.js';
import { countAll, type CountTimes } from '../count-under-sales/counter.js';
import { Seller } from '../count-under-sales/seller.js';
import { LOCATION, LOT_IDS, Shelves } from '../count-under-sales/shelves.js';
import { figuresOf, medianFigures, type Figures } from '../measure/figures.js';
import { atMost, exactly, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { startOn } from '../surroundings/servers.js';

const SKUS = 500;
const PER_SECOND = 200;
const LEAST_SECONDS = 10;
const MOST_RESOLVE_MS = 5_000;

export const countUnderSales: Bench = {
  name: 'count-under-sales',
  about: 'batches of 1,000 lines counted and resolved while the same SKUs sell at 200 a second: decisions, resolving, exact sums',
  run,
};

interface Round {
  readonly without: Figures;
  readonly with: Figures;
  readonly count: CountTimes;
}

async function run({ rounds, seconds, say }: BenchOptions): Promise<BenchReport> {
  const lasting = Math.max(seconds, LEAST_SECONDS);
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString);
  const shelves = new Shelves(Array.from({ length: SKUS }, (_none, index) => `COUNT-${String(index)}`));
  const seller = new Seller(holdfast.url, holdfast.key, shelves);
  try {
    const api = new Api(holdfast.url, holdfast.key);
    await must(api.post('/api/locations', { locationId: LOCATION, name: 'Main' }));
    // Differences wait for a reviewer, as they do where every one of them is looked at.
    await must(api.put('/api/inventory/cycle-count/settings', { autoAccept: false }));
    await shelves.fill(engines.runtime.ledger);
    await seller.sellFor(lasting, PER_SECOND);
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const without = await timed(seller, lasting);
      const counting = countAll(api, shelves, shelves.skus);
      let isCounting = true;
      const ended = counting.finally(() => (isCounting = false));
      const parts: Figures[] = [];
      do parts.push(await timed(seller, lasting));
      while (isCounting);
      const count = await ended;
      const under = medianFigures(parts);
      measured.push({ without, with: under, count });
      say(
        `count-under-sales ${String(round)}/${String(rounds)}: decisions p99 ${figure(without.p99Ms)} ms, ${figure(under.p99Ms)} ms beside a count; submitted in ${figure(count.submitMs)} ms, resolved in ${figure(count.resolveMs)} ms`,
      );
    }
    const wrong = await shelves.differences(engines.runtime.ledger);
    const counts = measured.map(({ count }) => count);
    const sum = (of: (count: CountTimes) => number): number => counts.reduce((total, count) => total + of(count), 0);
    const most = (of: (count: CountTimes) => number): number => Math.max(...counts.map(of));
    return {
      name: 'count-under-sales',
      baseline: { name: 'decisions of sales, nobody counts', ...medianFigures(measured.map(({ without }) => without)) },
      holdfast: { name: 'decisions of sales while a batch is counted', ...medianFigures(measured.map((round) => round.with)) },
      ratio: null,
      rounds: measured,
      targets: [
        atMost(
          'a batch resolved, slowest',
          most(({ resolveMs }) => resolveMs),
          MOST_RESOLVE_MS,
          ' ms',
        ),
        exactly('sales refused', seller.refused, 0),
        exactly('SKUs of which a lot or on hand is wrong', wrong, 0),
      ],
      notes: [
        `${figure(seller.sold)} units sold, ${figure(sum(({ missingUnits }) => missingUnits))} found missing in ${figure(sum(({ lines }) => lines))} lines of ${String(counts.length)} batches.`,
        `Slowest of a batch: created ${figure(most(({ createMs }) => createMs))} ms, a sheet recorded ${figure(most(({ recordMs }) => recordMs))} ms, submitted ${figure(most(({ submitMs }) => submitMs))} ms, resolved ${figure(most(({ resolveMs }) => resolveMs))} ms.`,
        `${String(SKUS)} SKUs of ${String(LOT_IDS.length)} lots each, ${String(PER_SECOND)} sales a second, each reserved and committed; decisions are timed from when they were due. While a sheet of 100 lines is counted its SKUs are not sold; afterwards they are.`,
      ],
    };
  } finally {
    await seller.close();
    await holdfast.stop();
    await engines.stop();
  }
}

async function timed(seller: Seller, seconds: number): Promise<Figures> {
  return figuresOf(await seller.sellFor(seconds, PER_SECOND), seconds);
}

async function must(asked: ReturnType<Api['post']>): Promise<void> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${String(status)} ${JSON.stringify(body).slice(0, 500)}`);
}
