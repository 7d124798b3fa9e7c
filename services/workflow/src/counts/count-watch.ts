import { type Chore, type ProcessRef, type ProcessTimes, watchdog } from '@holdfast/kit';
import type { Pool } from 'pg';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import type { CountProcess } from './count-process.js';

export const COUNT_KIND = 'count';

export const COUNT_TIMES: ProcessTimes = { leaseMs: 15_000, patienceMs: 10_000, retry: { firstMs: 1_000, mostMs: 300_000 } };

const LOOK_MS = 1_000;
/** A booking that takes longer was interrupted, or is being worked on: then the lease says so. */
const PATIENCE_MS = 10_000;
const AT_ONCE = 20;

/** Those due for longest first. One that failed is due after its pause, so that it gives way to all that wait meanwhile. */
const DUE = `
  SELECT b.tenant, b.batch_id AS id
    FROM workflow.count_batch b
    LEFT JOIN ${PROCESS_TABLE} p ON p.kind = '${COUNT_KIND}' AND p.tenant = b.tenant AND p.id = b.batch_id
   WHERE b.under_way AND b.updated_at < $1
     AND (p.lease_until IS NULL OR p.lease_until < now())
     AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
   ORDER BY coalesce(p.next_attempt_at, b.updated_at)
   LIMIT ${AT_ONCE}`;

/** Books what a crash, or an engine that was away, left accepted and not booked. */
export const countWatch = (pool: Pool, process: CountProcess, now: () => number, onFault: (error: unknown) => void): Chore =>
  watchdog({
    name: 'counts',
    everyMs: LOOK_MS,
    due: async () => (await pool.query<ProcessRef>(DUE, [new Date(now() - PATIENCE_MS)])).rows,
    drive: ({ tenant, id }) => process.resume({ tenant, batchId: id }),
    onFault,
  });
