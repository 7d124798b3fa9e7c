import { REPLENISHMENT_FAILED_MS } from '@holdfast/warehouse';
import { REPLENISHMENT_KIND } from '../replenishment/replenishment-watch.js';
import { PROCESS_TABLE } from '../transfers/transfer-watch.js';
import { toldAndOldest, type AlertSource } from './alert-source.js';

const FAILED = `
  SELECT r.tenant, r.order_id AS "documentId", r.sku, r.location_id AS "locationId", r.quantity::float8 AS quantity, r.status,
         extract(epoch FROM r.updated_at)::float8 * 1000 AS since
    FROM workflow.replenishment r
    JOIN ${PROCESS_TABLE} p ON p.kind = '${REPLENISHMENT_KIND}' AND p.tenant = r.tenant AND p.id = r.order_id
   WHERE r.status IN ('approved', 'cancelling') AND p.failures > 0 AND r.updated_at <= to_timestamp($1::float8 / 1000)`;

interface Row {
  readonly tenant: string;
  readonly documentId: string;
  readonly sku: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly status: 'approved' | 'cancelling';
  readonly since: number;
}

/** Orders of replenishment that can be neither placed nor ended; they are tried again and again. The figure is units. */
export const replenishmentFailed: AlertSource = {
  kind: 'replenishment_failed',
  everyMs: 60_000,
  troubles: async (client, now, { most }) => {
    const rows = await toldAndOldest<Row>(
      client,
      { kind: 'replenishment_failed', sql: FAILED, values: [now - REPLENISHMENT_FAILED_MS], subject: 'documentId' },
      most,
    );
    return rows.map(({ tenant, documentId, sku, locationId, quantity, status, since }) => ({
      tenant,
      subject: documentId,
      stage: 0,
      figure: quantity,
      since,
      details: { documentId, sku, locationId, says: status === 'approved' ? 'it cannot be placed' : 'it cannot be cancelled' },
    }));
  },
};
