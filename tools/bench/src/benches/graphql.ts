import { availableParallelism } from 'node:os';
import type { Bench, BenchOptions } from '../bench.js';
import type { HttpLoad } from '../load/http-load.js';
import { loadInOwnProcess } from '../load/in-own-process.js';
import { interleave } from '../measure/interleave.js';
import { comparison, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';
import { locationsOf, stockUp } from '../surroundings/stock.js';

const CALLERS = 16;
const SKUS = 1_000;
const UNITS = 100_000_000;
const PREFIX = 'SKU-';
const LEAST_RATIO = 0.5;

export const graphql: Bench = {
  name: 'graphql',
  about: 'inventoryReserve of one line over GraphQL, against the REST route that it calls: what GraphQL costs',
  run,
};

/** Both sides ask the same gateway, for the same SKUs, with the same generator. */
async function run({ rounds, seconds, say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const stops: (() => Promise<unknown>)[] = [() => engines.stop()];
  try {
    const holdfast = await startOn(engines.connectionString);
    stops.push(() => holdfast.stop());
    const names = Array.from({ length: SKUS }, (_none, index) => `${PREFIX}${String(index)}`);
    await stockUp(engines.runtime.ledger, names, locationsOf(1), UNITS, HTTP_TENANT);
    const load = { url: holdfast.url, key: holdfast.key, callers: CALLERS, skuPrefix: PREFIX, skus: SKUS, locations: 1, mostUnits: 1 };
    const side = (way: Pick<HttpLoad, 'path' | 'dialect'>) => ({
      prepare: () => Promise.resolve(),
      run: (_round: number, lasting: number) => loadInOwnProcess({ ...load, ...way, seconds: lasting }),
    });
    const measured = await interleave({
      rounds,
      seconds,
      warmUpSeconds: seconds,
      baseline: side({ path: '/sales-channel/inventory/reserve', dialect: 'holdfast' }),
      holdfast: side({ path: '/graphql', dialect: 'graphql' }),
      onRound: ({ baseline, holdfast: ours, ratio }, number) =>
        say(
          `graphql ${String(number)}/${String(rounds)}: REST ${figure(baseline.perSecond)}/s p99 ${figure(baseline.p99Ms)} ms, ` +
            `GraphQL ${figure(ours.perSecond)}/s p99 ${figure(ours.p99Ms)} ms, ${figure(ratio)}×`,
        ),
    });
    return comparison({
      name: 'graphql',
      baseline: 'POST /sales-channel/inventory/reserve through the gateway',
      holdfast: 'mutation inventoryReserve through the gateway',
      rounds: measured,
      leastRatio: LEAST_RATIO,
      notes: [
        `${String(CALLERS)} kept connections, ${String(SKUS)} SKUs at one location, ${String(seconds)} s a round.`,
        `Load (a process of its own), server and Postgres share ${String(availableParallelism())} cores; both sides project and publish meanwhile.`,
      ],
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
