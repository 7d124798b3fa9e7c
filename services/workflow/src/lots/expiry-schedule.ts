import type { Pool } from 'pg';
import { runInLanes, uuidOf, type Chore } from '@holdfast/kit';
import type { SkuLedger } from '@holdfast/ledger';

const EVERY_MS = 250;
/** SKUs that are read at a time, and those whose lots expire side by side. */
const BATCH = 2_000;
const AT_ONCE = 64;

interface Due {
  readonly tenant: string;
  readonly sku: string;
  readonly until: Date;
}

const DUE = `
  SELECT tenant, sku, max(expires_at) AS until FROM workflow.lot_expiry WHERE expires_at <= to_timestamp($1::float8 / 1000)
   GROUP BY tenant, sku ORDER BY min(expires_at) LIMIT ${BATCH}`;
const DONE = `
  DELETE FROM workflow.lot_expiry e USING unnest($1::text[], $2::text[], $3::timestamptz[]) AS d (tenant, sku, until)
   WHERE e.tenant = d.tenant AND e.sku = d.sku AND e.expires_at <= d.until`;

/**
 * Writes for every SKU that lots of it are expired, once their instant has come. Several processes may do so: the second finds nothing due in
 * the SKU's stream and writes nothing. An instant is removed after its event is stored, so a crash between only asks again.
 */
export function expirySchedule(pool: Pool, ledger: SkuLedger, now: () => number, onFault: (error: unknown) => void): Chore {
  return {
    name: 'lot-expiry',
    everyMs: EVERY_MS,
    run: async (stopping) => {
      while (!stopping.aborted) {
        const at = now();
        const { rows } = await pool.query<Due>(DUE, [at]);
        if (rows.length === 0) return;
        const settled = await runInLanes(
          rows,
          { laneOf: ({ tenant, sku }) => `${tenant} ${sku}`, lanes: AT_ONCE, window: 1 },
          async ({ tenant, sku, until }) => {
            const commandId = uuidOf(`lots expire|${tenant}|${sku}|${until.getTime()}`);
            await ledger.execute({ tenant, sku }, { type: 'ExpireLots', at, commandId }, { actor: 'system' });
          },
        );
        const done = settled.flatMap((one) => (one.kind === 'done' ? [one.item] : []));
        const failed = settled.find((one) => one.kind === 'failed');
        await pool.query(DONE, [done.map(({ tenant }) => tenant), done.map(({ sku }) => sku), done.map(({ until }) => until)]);
        if (failed?.kind === 'failed') onFault(failed.error);
        // What failed is tried again at the next run.
        if (done.length < BATCH) return;
      }
    },
  };
}
