import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '@holdfast/testing';
import type { Pool } from 'pg';
import type { Bench, BenchOptions } from '../bench.js';
import { figuresOf } from '../measure/figures.js';
import { timeReads } from '../measure/http-reads.js';
import { atMost, figure, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';
import { stockUp } from '../surroundings/stock.js';

const REQUESTS = 100_000;
const SKUS = 1_000;
const LOCATIONS = ['HUB', 'STORE1', 'STORE2'];
const MOST_MS = 50;
const CALLS = 100;
const PATH = '/api/stock-requests';
const DAY_MS = 86_400_000;

const READS = [
  `${PATH}?limit=50`,
  `${PATH}?limit=50&page=1000`,
  `${PATH}?limit=50&status=submitted`,
  `${PATH}?limit=50&fromLocationId=HUB&priority=urgent`,
  `${PATH}?limit=50&toLocationId=STORE1&status=fulfilled`,
  `${PATH}?limit=50&requestedBy=person-7`,
  `${PATH}?limit=50&sku=REQ-500`,
  `${PATH}?limit=50&search=SR-050`,
  `${PATH}?limit=50&search=REQ-500`,
  `${PATH}/pending-approvals?limit=50`,
  `${PATH}/dashboard`,
];

export const requestsLists: Bench = {
  name: 'requests-lists',
  about: 'lists and dashboard of 100,000 stock requests over HTTP',
  run,
};

/** Copies of a request as a year of requests would have left them: one in ten waits for an approval, the others have ended. */
const COPIES = `
  INSERT INTO workflow.stock_request
  SELECT tenant, 'copy-' || i, 'SR-' || lpad((i + 100)::text, 6, '0'), CASE WHEN i % 10 = 0 THEN 'submitted' ELSE 'fulfilled' END,
         CASE WHEN i % 10 = 0 THEN 'submitted' ELSE 'fulfilled' END, phase_since, CASE WHEN i % 7 = 0 THEN 'urgent' ELSE 'normal' END,
         from_location_id, CASE WHEN i % 2 = 0 THEN 'STORE1' ELSE 'STORE2' END, reason, 'person-' || i % 50, ARRAY['person-' || i % 50],
         (at + interval '10 days')::date, at, CASE WHEN i % 10 = 0 THEN NULL ELSE at + interval '1 hour' END, NULL, false, false, at, at,
         record || jsonb_build_object('requestId', 'copy-' || i, 'lines', (
           SELECT jsonb_agg(one || jsonb_build_object('sku', 'REQ-' || (i * 3 + n) % ${String(SKUS)}, 'approved', units, 'shipped', units))
             FROM jsonb_array_elements(record -> 'lines') WITH ORDINALITY AS l (one, n))), revision
    FROM workflow.stock_request, generate_series(1, $2::int) AS i,
         LATERAL (SELECT now() - i * interval '5 minutes', CASE WHEN i % 10 = 0 THEN 0 ELSE 10 END) AS t (at, units)
   WHERE tenant = $1 AND request_id = $3`;
const LINES = `
  INSERT INTO workflow.stock_request_line (tenant, request_id, line_id, sku, requested, approved, reserved, waiting, shipped, cancelled)
  SELECT tenant, request_id, "lineId", sku, requested, approved, 0, 0, shipped, 0
    FROM workflow.stock_request,
         jsonb_to_recordset(record -> 'lines') AS l ("lineId" text, sku text, requested bigint, approved bigint, shipped bigint)
   WHERE tenant = $1 AND request_id LIKE 'copy-%'`;

async function run({ say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString);
  try {
    const api = new Api(holdfast.url, holdfast.key);
    const { pool } = engines.runtime.database;
    for (const locationId of LOCATIONS) await api.post('/api/locations', { locationId, name: locationId });
    const skus = Array.from({ length: SKUS }, (_none, index) => `REQ-${String(index)}`);
    await stockUp(engines.runtime.ledger, skus, [{ locationId: 'HUB', priority: 1 }], 100, HTTP_TENANT);
    await copies(pool, await firstOf(api));
    say(`requests-lists: ${figure(REQUESTS)} requests with three lines each`);
    const reads = await timeReads(api, READS, CALLS);
    for (const [path, durations] of reads)
      say(`${path}: p50 ${figure(durations.percentile(0.5))} ms, p99 ${figure(durations.percentile(0.99))} ms`);
    const [first] = reads.values();
    if (first === undefined) throw new Error('nothing was read');
    const figures = figuresOf(first, 1);
    return {
      name: 'requests-lists',
      baseline: null,
      holdfast: { name: 'the first page of all requests', ...figures, perSecond: 1_000 / figures.p50Ms },
      ratio: null,
      rounds: [...reads].map(([path, durations]) => ({ path, ...figuresOf(durations, 1) })),
      targets: [...reads].map(([path, durations]) => atMost(`p99 of ${path}`, durations.percentile(0.99), MOST_MS, ' ms')),
      notes: ['One call at a time. The requests are rows that were written into the tables, copies of one that was made over HTTP.'],
    };
  } finally {
    await holdfast.stop();
    await engines.stop();
  }
}

/** @returns the id of a request that the list knows */
async function firstOf(api: Api): Promise<string> {
  const neededBy = new Date(Date.now() + 30 * DAY_MS).toISOString().slice(0, 10);
  const lines = [1, 2, 3].map((n) => ({ sku: `REQ-${String(n)}`, quantityRequested: 10 }));
  const body = { fromLocationId: 'HUB', toLocationId: 'STORE1', neededBy, lines, submit: true };
  const made = await api.post(PATH, body);
  if (made.status !== 201) throw new Error(`no request: ${JSON.stringify(made.body)}`);
  for (;;) {
    const { pagination } = (await api.get(`${PATH}?limit=1`)).body as { readonly pagination: { readonly total: number } };
    if (pagination.total > 0) return (made.body as { readonly id: string }).id;
    await sleep(100);
  }
}

async function copies(pool: Pool, id: string): Promise<void> {
  await pool.query(COPIES, [HTTP_TENANT, REQUESTS, id]);
  await pool.query(LINES, [HTTP_TENANT]);
  await pool.query('VACUUM ANALYZE workflow.stock_request, workflow.stock_request_line, workflow.request_product');
}
