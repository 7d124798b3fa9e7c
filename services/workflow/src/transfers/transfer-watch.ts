import { type Chore, type ProcessRef, type ProcessTimes, watchdog } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { TransferProcess } from './transfer-process.js';

export const PROCESS_TABLE = 'workflow.process';
export const TRANSFER_KIND = 'transfer';

export const TRANSFER_TIMES: ProcessTimes = { leaseMs: 15_000, patienceMs: 5_000, retry: { firstMs: 1_000, mostMs: 300_000 } };

const LOOK_MS = 1_000;
/** A phase that takes longer was interrupted, or is being worked on: then the lease says so. */
const PATIENCE_MS = 10_000;
const AT_ONCE = 20;

/** Those due for longest first. One that failed is due after its pause, so that it gives way to all that wait meanwhile. */
const DUE = `
  SELECT t.tenant, t.transfer_id AS id
    FROM workflow.transfer t
    LEFT JOIN ${PROCESS_TABLE} p ON p.kind = '${TRANSFER_KIND}' AND p.tenant = t.tenant AND p.id = t.transfer_id
   WHERE t.status IN ('moving', 'shipping', 'receiving', 'cancelling', 'closing') AND t.updated_at < $1
     AND (p.lease_until IS NULL OR p.lease_until < now())
     AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
   ORDER BY coalesce(p.next_attempt_at, t.updated_at)
   LIMIT ${AT_ONCE}`;

/** Finishes transfers that a crash, or an engine that was away, left halfway. */
export const transferWatch = (pool: Pool, process: TransferProcess, now: () => number, onFault: (error: unknown) => void): Chore =>
  watchdog({
    name: 'transfers',
    everyMs: LOOK_MS,
    due: async () => (await pool.query<ProcessRef>(DUE, [new Date(now() - PATIENCE_MS)])).rows,
    drive: ({ tenant, id }) => process.resume({ tenant, transferId: id }),
    onFault,
  });
