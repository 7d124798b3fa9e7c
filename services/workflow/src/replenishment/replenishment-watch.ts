import { type Chore, type ProcessRef, type ProcessTimes, watchdog } from '@holdfast/kit';
import type { Pool } from 'pg';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import type { ReplenishmentProcess } from './replenishment-process.js';

export const REPLENISHMENT_KIND = 'replenishment';
export const RUN_KIND = 'replenishment_run';

export const REPLENISHMENT_TIMES: ProcessTimes = { leaseMs: 15_000, patienceMs: 5_000, retry: { firstMs: 1_000, mostMs: 300_000 } };
/** A second run does not wait. */
export const RUN_TIMES: ProcessTimes = { leaseMs: 15_000, patienceMs: 0, retry: { firstMs: 0, mostMs: 0 } };

const LOOK_MS = 1_000;
const AT_ONCE = 100;

/** Those that wait longest first. One that failed is due after its pause, so that it gives way to all that wait meanwhile. */
const DUE = `
  SELECT r.tenant, r.order_id AS id
    FROM workflow.replenishment r
    LEFT JOIN ${PROCESS_TABLE} p ON p.kind = '${REPLENISHMENT_KIND}' AND p.tenant = r.tenant AND p.id = r.order_id
   WHERE ((r.status IN ('approved', 'cancelling') AND r.updated_at < $1) OR r.touched IS NOT NULL)
     AND (p.lease_until IS NULL OR p.lease_until < now())
     AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
   ORDER BY coalesce(p.next_attempt_at, r.updated_at)
   LIMIT ${AT_ONCE}`;

const PLACE = `
  SELECT sku, location_id AS "locationId", touched FROM workflow.replenishment WHERE tenant = $1 AND order_id = $2`;

/** A move that came while the order was driven stays marked. */
const SEEN = 'UPDATE workflow.replenishment SET touched = NULL WHERE tenant = $1 AND order_id = $2 AND touched = $3';

interface Place {
  readonly sku: string;
  readonly locationId: string;
  readonly touched: string | null;
}

/**
 * Places orders that a crash left halfway, and moves those on whose transfer or delivery moved.
 * @param patienceMs a status that takes longer was interrupted, or is being worked on: then the lease says so
 */
export const replenishmentWatch = (
  pool: Pool,
  process: ReplenishmentProcess,
  patienceMs: number,
  now: () => number,
  onFault: (error: unknown) => void,
): Chore =>
  watchdog({
    name: 'replenishment orders',
    everyMs: LOOK_MS,
    due: async () => (await pool.query<ProcessRef>(DUE, [new Date(now() - patienceMs)])).rows,
    drive: async ({ tenant, id }) => {
      const place = (await pool.query<Place>(PLACE, [tenant, id])).rows[0];
      if (place === undefined) return;
      await process.drive({ tenant, sku: place.sku, locationId: place.locationId }, id);
      if (place.touched !== null) await pool.query(SEEN, [tenant, id, place.touched]);
    },
    onFault,
  });
