import { Api } from '@holdfast/testing';
import type { Bench, BenchOptions } from '../bench.js';
import { figuresOf } from '../measure/figures.js';
import { timeReads } from '../measure/http-reads.js';
import { atMost, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';

const SKUS = 100_000;
const DAYS = 365;
const EVERY_DAYS = 12;
const MOST_MS = 2_000;
const CALLS = 10;
const DAY_MS = 86_400_000;

export const analytics: Bench = {
  name: 'analytics',
  about: 'value, turnover and slow movers of 100,000 SKUs over a year, with a row every twelfth day',
  run,
};

const ROWS = `
  INSERT INTO workflow.daily_closing (tenant, sku, location_id, day, on_hand, held, in_transit, unit_cost, value_days, cost_of_goods,
                                      units_without_cost, last_use_day, received_day)
  SELECT $1, 'ANA-' || lpad(i::text, 6, '0'), 'MAIN', day, 50 + (i + day) % 50, 0, 0, 1000 + i % 500,
         (day - $2::int + ${String(DAYS)}) * 75000::numeric, (day - $2::int + ${String(DAYS)}) * 2000::numeric, 0, day, day
    FROM generate_series(0, $3::int - 1) AS i, generate_series($2::int - ${String(DAYS)} + i % $4::int, $2::int, $4::int) AS day`;

async function run({ say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString);
  try {
    const { pool } = engines.runtime.database;
    const now = Date.now();
    await pool.query(ROWS, [HTTP_TENANT, Math.floor(now / DAY_MS), SKUS, EVERY_DAYS]);
    await pool.query(
      `INSERT INTO workflow.closing_place (tenant, sku, location_id) SELECT $1, 'ANA-' || lpad(i::text, 6, '0'), 'MAIN' FROM generate_series(0, $2::int - 1) AS i`,
      [HTTP_TENANT, SKUS],
    );
    await pool.query(
      `INSERT INTO workflow.closing_sku (tenant, sku, unit_cost, category, revision)
       SELECT $1, 'ANA-' || lpad(i::text, 6, '0'), 1000 + i % 500, 'category ' || i % 20, 0 FROM generate_series(0, $2::int - 1) AS i`,
      [HTTP_TENANT, SKUS],
    );
    await pool.query('VACUUM ANALYZE workflow.daily_closing, workflow.closing_place, workflow.closing_sku');
    const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM workflow.daily_closing');
    say(`analytics: ${figure(rows[0]?.count ?? 0)} rows of ${figure(SKUS)} SKUs`);
    const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
    const path = `/api/inventory/analytics?fromDate=${dayOf(now - (DAYS - 1) * DAY_MS)}&toDate=${dayOf(now)}`;
    const reads = await timeReads(new Api(holdfast.url, holdfast.key), [path], CALLS);
    const durations = reads.get(path);
    if (durations === undefined) throw new Error('nothing was read');
    const figures = figuresOf(durations, 1);
    return {
      name: 'analytics',
      baseline: null,
      holdfast: { name: `a year of ${String(SKUS)} SKUs`, ...figures, perSecond: 1_000 / figures.p50Ms },
      ratio: null,
      rounds: [figures],
      targets: [atMost('slowest of the calls', figures.p99Ms, MOST_MS, ' ms')],
      notes: ['One call at a time, after two that do not count. The rows were written into the tables.'],
    };
  } finally {
    await holdfast.stop();
    await engines.stop();
  }
}
