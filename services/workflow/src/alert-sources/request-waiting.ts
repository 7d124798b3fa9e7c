import { REQUEST_WAITING_MS } from '@holdfast/warehouse';
import { toldAndOldest, type AlertSource } from './alert-source.js';

const HOUR_MS = 3_600_000;

const WAITING = `
  SELECT tenant, request_id AS "documentId", number, from_location_id AS "locationId", extract(epoch FROM phase_since)::float8 * 1000 AS since
    FROM workflow.stock_request WHERE phase = 'submitted' AND phase_since <= to_timestamp($1::float8 / 1000)`;

interface Row {
  readonly tenant: string;
  readonly documentId: string;
  readonly number: string;
  readonly locationId: string;
  readonly since: number;
}

/** Stock requests that nobody decided on for two days. The figure is hours. */
export const requestWaiting: AlertSource = {
  kind: 'request_waiting',
  everyMs: 60_000,
  troubles: async (client, now, { most }) => {
    const rows = await toldAndOldest<Row>(
      client,
      { kind: 'request_waiting', sql: WAITING, values: [now - REQUEST_WAITING_MS], subject: 'documentId' },
      most,
    );
    return rows.map(({ tenant, documentId, number, locationId, since }) => ({
      tenant,
      subject: documentId,
      stage: 0,
      figure: Math.floor((now - since) / HOUR_MS),
      since,
      details: { documentId, locationId, says: number },
    }));
  },
};
