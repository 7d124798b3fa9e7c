import { type Chore, type ProcessRef, type ProcessTimes, watchdog } from '@holdfast/kit';
import type { Pool } from 'pg';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';

export const LINE_PROCESS_TIMES: ProcessTimes = { leaseMs: 15_000, patienceMs: 5_000, retry: { firstMs: 1_000, mostMs: 300_000 } };

const LOOK_MS = 1_000;
/** One that takes longer was interrupted, or is being worked on: then the lease says so. */
const PATIENCE_MS = 10_000;
const AT_ONCE = 20;

/** Those due for longest first. One that failed is due after its pause, so that it gives way to all that wait meanwhile. */
const due = (table: string, kind: string): string => `
  SELECT d.tenant, d.id
    FROM ${table} d
    LEFT JOIN ${PROCESS_TABLE} p ON p.kind = '${kind}' AND p.tenant = d.tenant AND p.id = d.id
   WHERE d.under_way AND d.updated_at < $1
     AND (p.lease_until IS NULL OR p.lease_until < now())
     AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
   ORDER BY coalesce(p.next_attempt_at, d.updated_at)
   LIMIT ${AT_ONCE}`;

export interface WatchedDocuments {
  /** Table with the columns tenant, id, under_way and updated_at. */
  readonly table: string;
  /** Of the leases. */
  readonly kind: string;
  readonly resume: (ref: ProcessRef) => Promise<unknown>;
}

/** Carries to their end documents that a crash, or an engine that was away, left halfway. */
export const lineWatch = (
  pool: Pool,
  { table, kind, resume }: WatchedDocuments,
  now: () => number,
  onFault: (error: unknown) => void,
): Chore =>
  watchdog({
    name: `${kind}s`,
    everyMs: LOOK_MS,
    due: async () => (await pool.query<ProcessRef>(due(table, kind), [new Date(now() - PATIENCE_MS)])).rows,
    drive: resume,
    onFault,
  });
