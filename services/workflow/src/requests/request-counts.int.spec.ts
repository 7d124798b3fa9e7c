import fc from 'fast-check';
import type { Pool } from 'pg';
import type { QueryRunner } from 'typeorm';
import type { RecordedEvent } from '@holdfast/event-store';
import { inTransaction } from '@holdfast/kit';
import { createLogger, loadConfig } from '@holdfast/platform';
import { openRuntime, type Runtime } from '@holdfast/runtime';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import type { RequestState } from '@holdfast/warehouse';
import { RequestCounts1700000000035 } from '../database/1700000000035-request-counts.migration.js';
import { workflowSchema } from '../database/schema.js';
import { LOG_BEGAN, RandomRequests } from '../../test/random-requests.js';
import { RequestReports } from './reports/request-reports.js';
import { REQUEST_STATUSES } from './request.dto.js';
import { RequestList } from './request-list.js';
import { requestFollower } from './request-rows.js';

let postgres: TestPostgres;
let runtime: Runtime;
let pool: Pool;
let migrating: QueryRunner;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const config = loadConfig({ DATABASE_URL: postgres.connectionString, HOLDFAST_LOG_LEVEL: 'silent' });
  runtime = await openRuntime(config, { name: 'counts-test', embedded: false, logger: createLogger(config, 'test') });
  migrating = (await runtime.database.open(workflowSchema)).createQueryRunner();
  ({ pool } = runtime.database);
});
afterAll(async () => {
  await migrating.release();
  await runtime.stop();
  await postgres.stop();
});
const empty = () => pool.query('TRUNCATE workflow.stock_request, workflow.stock_request_line');
beforeEach(empty);

const RUNS = Math.ceil(Number(process.env['MODEL_RUNS'] ?? 1_000) / 50);
const NOW = LOG_BEGAN + 10 * 86_400_000;
const TENANTS = ['one', 'two'] as const;

/** Kept and counted anew, each as rows in the same order. */
const KEPT = `SELECT c.*, NULL::date AS needed_by FROM workflow.stock_request_count c
  UNION ALL SELECT tenant, '', '', '', '', '', requests, 0, 0, 0, 0, needed_by FROM workflow.stock_request_due
  ORDER BY 1, 2, 3, 4, 5, 6, needed_by`;
const ANEW = `
  SELECT r.tenant, r.requested_by, r.status, r.from_location_id, coalesce(r.to_location_id, '') AS to_location_id, r.priority, count(*) AS requests,
         count(r.approved_at) AS approvals, coalesce(sum(extract(epoch FROM r.approved_at - r.submitted_at) * 1000), 0)::bigint AS approval_ms,
         coalesce(sum(l.approved), 0)::bigint AS approved_units, coalesce(sum(l.shipped), 0)::bigint AS shipped_units, NULL::date AS needed_by
    FROM workflow.stock_request r
    LEFT JOIN (SELECT tenant, request_id, sum(approved) AS approved, sum(shipped) AS shipped FROM workflow.stock_request_line GROUP BY 1, 2) l
      ON l.tenant = r.tenant AND l.request_id = r.request_id
   WHERE r.status <> 'deleted' GROUP BY 1, 2, 3, 4, 5, 6
  UNION ALL
  SELECT tenant, '', '', '', '', '', count(*), 0, 0, 0, 0, needed_by FROM workflow.stock_request
   WHERE needed_by IS NOT NULL AND status NOT IN ('deleted', 'fulfilled', 'cancelled', 'rejected') GROUP BY tenant, needed_by
   ORDER BY 1, 2, 3, 4, 5, 6, needed_by`;

async function mustAgree(): Promise<void> {
  const [kept, anew] = await Promise.all([pool.query(KEPT), pool.query(ANEW)]);
  expect(kept.rows).toEqual(anew.rows);
}

/** Follows the log in transactions of random size, now and then with events that it has seen. */
async function follow(log: readonly RecordedEvent[], next: (below: number) => number): Promise<void> {
  for (let from = 0; from < log.length;) {
    const until = from + 1 + next(20);
    const again = Math.max(0, from - next(5));
    await inTransaction(pool, (client) => requestFollower.apply(client, log.slice(again, until)));
    from = until;
  }
}

function dashboardOf(states: readonly RequestState[]) {
  const living = states.filter(({ phase }) => phase !== 'deleted');
  const units = (of: 'approved' | 'shipped') => living.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line[of], 0);
  const waiting = living.flatMap(({ status, submittedAt }) => (status === 'submitted' && submittedAt !== null ? [submittedAt] : []));
  const hours = living.flatMap(({ approvedAt, submittedAt }) =>
    approvedAt === null ? [] : [(approvedAt - (submittedAt ?? 0)) / 3_600_000],
  );
  const today = new Date(NOW).toISOString().slice(0, 10);
  const isOpen = ({ status }: RequestState) => !['fulfilled', 'cancelled', 'rejected'].includes(status);
  const mean = hours.reduce((sum, one) => sum + one, 0) / hours.length;
  return {
    byStatus: Object.fromEntries(REQUEST_STATUSES.map((status) => [status, living.filter((one) => one.status === status).length])),
    pendingApprovals: waiting.length,
    overdue: living.filter((one) => isOpen(one) && one.neededBy !== undefined && one.neededBy < today).length,
    averageApprovalHours: hours.length === 0 ? null : expect.closeTo(mean, 1),
    fillRate: units('approved') === 0 ? null : expect.closeTo(units('shipped') / units('approved'), 3),
    oldestPendingAt: waiting.length === 0 ? null : new Date(Math.min(...waiting)).toISOString(),
  };
}

const PAGE = { page: 1, pageSize: 100, offset: 0 };

async function mustAnswerAs(requests: RandomRequests): Promise<void> {
  const [list, reports] = [new RequestList(pool), new RequestReports(pool)];
  for (const tenant of TENANTS) {
    const states = requests.of(tenant);
    expect(await reports.dashboard(tenant, NOW)).toEqual(dashboardOf(states));
    const living = states.filter(({ phase }) => phase !== 'deleted');
    for (const [query, fits] of [
      [{}, () => true],
      [{ status: 'submitted', toLocationId: 'STORE1' }, (one) => one.status === 'submitted' && one.toLocationId === 'STORE1'],
      [{ requestedBy: 'anna', priority: 'urgent' }, (one) => one.requestedBy === 'anna' && one.priority === 'urgent'],
      [{ sku: 'MUG', fromLocationId: 'HUB' }, (one) => one.lines.some(({ sku }) => sku === 'MUG') && one.fromLocationId === 'HUB'],
      [{ search: 'te' }, (one) => one.lines.some(({ sku }) => sku === 'TEA')],
    ] satisfies [Parameters<RequestList['page']>[1], (one: RequestState) => boolean][]) {
      const { states: found, pagination } = await list.page(tenant, query, PAGE);
      const wanted = living.filter(fits).sort((one, other) => other.createdAt - one.createdAt);
      expect(found.map(({ requestId }) => requestId)).toEqual(wanted.slice(0, 100).map(({ requestId }) => requestId));
      expect(pagination.total).toBe(wanted.length);
    }
    const pending = living.filter(({ status, authors }) => status === 'submitted' && !authors.includes('ben'));
    expect((await list.pending(tenant, 'ben', PAGE)).pagination.total).toBe(pending.length);
  }
}

it('counts that are kept equal those counted anew, after any history, repeated or by two followers at once, and rebuilt', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 120 }), async (numbers, steps) => {
      const next = (below: number): number => Number(numbers.next().value) % below;
      const requests = new RandomRequests(TENANTS, next);
      await empty();
      for (let step = 0; step < steps; step += 1) requests.step();
      const { log } = requests;
      await Promise.all([follow(log, next), follow(log, next)]);
      await mustAgree();
      await mustAnswerAs(requests);

      await pool.query('DELETE FROM workflow.stock_request WHERE revision % 2 = 0');
      await pool.query(
        'DELETE FROM workflow.stock_request_line l WHERE NOT EXISTS (SELECT FROM workflow.stock_request r WHERE (r.tenant, r.request_id) = (l.tenant, l.request_id))',
      );
      await mustAgree();

      await empty();
      await mustAgree();
      await follow(log, next);
      await mustAgree();
      await mustAnswerAs(requests);
    }),
    { numRuns: RUNS },
  );
});

it('the counts of requests that were there before are taken while a follower goes on, and are given up again', async () => {
  const [migration, requests] = [new RequestCounts1700000000035(), new RandomRequests(TENANTS, numbersFrom(7))];
  for (let step = 0; step < 300; step += 1) requests.step();
  const { log } = requests;
  await migrating.startTransaction();
  await migration.down(migrating);
  await migrating.commitTransaction();
  await follow(log.slice(0, 150), numbersFrom(3));
  const going = follow(log.slice(150), numbersFrom(5));
  await migrating.startTransaction();
  await migration.up(migrating);
  await migrating.commitTransaction();
  await going;
  await mustAgree();
  await mustAnswerAs(requests);
});

/** A fixed row of numbers that look random. */
function numbersFrom(seed: number): (below: number) => number {
  let last = seed;
  return (below) => {
    last = (last * 48_271) % 2_147_483_647;
    return last % below;
  };
}
