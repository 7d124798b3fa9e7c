import { availableParallelism } from 'node:os';
import type { Bench, BenchOptions } from '../bench.js';
import { loadInOwnProcess } from '../load/in-own-process.js';
import { interleave } from '../measure/interleave.js';
import { atMost, comparison, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { HTTP_TENANT, startOn, startSqlServer } from '../surroundings/servers.js';
import { SqlShop } from '../surroundings/sql-shop.js';
import { locationsOf, stockUp } from '../surroundings/stock.js';

const UNITS = 100_000_000;
const PREFIX = 'SKU-';
/** SKUs whose state is loaded in a second of warm-up. */
const WARMED_PER_SECOND = 500;

export interface HttpWork {
  readonly name: string;
  readonly about: string;
  readonly callers: number;
  readonly skus: number;
  readonly locations: number;
  readonly mostUnits: number;
  readonly leastRatio: number | null;
  readonly mostP99Ms: number | null;
}

/** Reservations through the gateway, against bare Fastify with the SQL statement, both asked by the same generator in a process of its own. */
export const overHttp = (work: HttpWork): Bench => ({ name: work.name, about: work.about, run: (options) => run(work, options) });

async function run(work: HttpWork, { rounds, seconds, say }: BenchOptions): Promise<BenchReport> {
  const { name, callers, skus, locations, mostUnits, leastRatio, mostP99Ms } = work;
  const engines = await openEngines();
  const stops: (() => Promise<unknown>)[] = [() => engines.stop()];
  try {
    const shop = await SqlShop.open(engines.connectionString, 2);
    stops.push(() => shop.close());
    const sql = await startSqlServer(engines.connectionString);
    stops.push(() => sql.stop());
    const holdfast = await startOn(engines.connectionString);
    stops.push(() => holdfast.stop());
    const load = { callers, skus, locations, mostUnits };
    const names = Array.from({ length: skus }, (_none, index) => `${PREFIX}${String(index)}`);
    const measured = await interleave({
      rounds,
      seconds,
      warmUpSeconds: Math.max(seconds, skus / WARMED_PER_SECOND),
      baseline: {
        prepare: () => shop.stock(skus, locations, UNITS),
        run: (_round, lasting) =>
          loadInOwnProcess({ ...load, url: sql.url, path: '/reserve', dialect: 'sql', skuPrefix: '', seconds: lasting }),
      },
      holdfast: {
        // Stocked once: in the rounds the states are warm, as they are in a shop.
        prepare: async (round) => {
          if (round === 0) await stockUp(engines.runtime.ledger, names, locationsOf(locations), UNITS, HTTP_TENANT);
        },
        run: (_round, lasting) =>
          loadInOwnProcess({
            ...load,
            url: holdfast.url,
            path: '/sales-channel/inventory/reserve',
            key: holdfast.key,
            dialect: 'holdfast',
            skuPrefix: PREFIX,
            seconds: lasting,
          }),
      },
      onRound: ({ baseline, holdfast: ours, ratio }, number) => {
        say(
          `${name} ${String(number)}/${String(rounds)}: SQL ${figure(baseline.perSecond)}/s, Holdfast ${figure(ours.perSecond)}/s p99 ${figure(ours.p99Ms)} ms, ${figure(ratio)}×`,
        );
      },
    });
    const report = comparison({
      name,
      baseline: 'bare Fastify with one SQL statement',
      holdfast: 'POST /sales-channel/inventory/reserve through the gateway',
      rounds: measured,
      leastRatio: leastRatio ?? 0,
      notes: [
        `${String(callers)} kept connections, ${String(skus)} SKU(s) × ${String(locations)} location(s), 1 to ${String(mostUnits)} unit(s), ${String(seconds)} s a round`,
        `Load (a process of its own), server and Postgres share ${String(availableParallelism())} cores.`,
        'Holdfast runs as one process, or as one a service with HOLDFAST_E2E=services, and projects and publishes what happens meanwhile; the baseline does neither.',
      ],
    });
    const targets = [
      ...(leastRatio === null ? [] : report.targets),
      ...(mostP99Ms === null ? [] : [atMost('p99', report.holdfast.p99Ms, mostP99Ms, ' ms')]),
    ];
    return { ...report, targets };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
