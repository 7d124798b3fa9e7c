import { type Chore, type ProcessRef, watchdog } from '@holdfast/kit';
import type { Pool } from 'pg';
import { PROCESS_TABLE } from '../../transfers/transfer-watch.js';
import type { RequestProcess } from './request-process.js';

export const REQUEST_KIND = 'request';

const LOOK_MS = 1_000;
const RESERVATIONS_MS = 30_000;
/** A phase that takes longer was interrupted, or is being worked on: then the lease says so. */
const PATIENCE_MS = 10_000;
const AT_ONCE = 20;

const UNDER_WAY = `r.phase IN ('approving', 'releasing', 'shipping') AND r.phase_since < $1`;
/** Reservations that ended by time, and units that wait for supply. */
const TO_CHECK = `r.phase IN ('approved', 'fulfilling') AND (r.waits OR (r.holds AND r.reserved_until < $1))`;

/** Those due for longest first. One that failed is due after its pause, so that it gives way to all that wait meanwhile. */
const due = (which: string, order: string): string => `
  SELECT r.tenant, r.request_id AS id
    FROM workflow.stock_request r
    LEFT JOIN ${PROCESS_TABLE} p ON p.kind = '${REQUEST_KIND}' AND p.tenant = r.tenant AND p.id = r.request_id
   WHERE ${which}
     AND (p.lease_until IS NULL OR p.lease_until < now())
     AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
   ORDER BY ${order}
   LIMIT ${AT_ONCE}`;

/** Finishes requests that a crash, or an engine that was away, left halfway, and learns what became of their reservations. */
export function requestWatch(pool: Pool, process: RequestProcess, now: () => number, onFault: (error: unknown) => void): readonly Chore[] {
  const chore = (name: string, everyMs: number, statement: string, agoMs: number): Chore =>
    watchdog({
      name,
      everyMs,
      due: async () => (await pool.query<ProcessRef>(statement, [new Date(now() - agoMs)])).rows,
      drive: ({ tenant, id }) => process.resume({ tenant, requestId: id }),
      onFault,
    });
  return [
    chore('stock-requests', LOOK_MS, due(UNDER_WAY, 'coalesce(p.next_attempt_at, r.phase_since)'), PATIENCE_MS),
    // Of more than are looked at in one run, each has its turn.
    chore('reservations of stock requests', RESERVATIONS_MS, due(TO_CHECK, 'random()'), 0),
  ];
}
