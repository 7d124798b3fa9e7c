import { completedUnits, PUT_AWAY_OVERDUE_MS, type PutAwayState } from '@holdfast/warehouse';
import { PUT_AWAY_TASKS } from '../put-away/put-away-rows.js';
import { toldAndOldest, type AlertSource } from './alert-source.js';

const OVERDUE = `
  SELECT tenant, id, sku, location_id AS "locationId", record -> 'state' AS state, extract(epoch FROM created_at)::float8 * 1000 AS since
    FROM ${PUT_AWAY_TASKS}
   WHERE status IN ('open', 'in_progress', 'partly_completed') AND created_at <= to_timestamp($1::float8 / 1000)`;

interface Row {
  readonly tenant: string;
  readonly id: string;
  readonly sku: string;
  readonly locationId: string;
  readonly state: PutAwayState;
  readonly since: number;
}

/** Goods that are not put away for a day. The figure is units that are not in their bin yet. */
export const putAwayOverdue: AlertSource = {
  kind: 'put_away_overdue',
  everyMs: 60_000,
  troubles: async (client, now, { most }) => {
    const rows = await toldAndOldest<Row>(
      client,
      { kind: 'put_away_overdue', sql: OVERDUE, values: [now - PUT_AWAY_OVERDUE_MS], subject: 'id' },
      most,
    );
    return rows.map(({ tenant, id, sku, locationId, state, since }) => ({
      tenant,
      subject: id,
      stage: 0,
      figure: state.quantity - completedUnits(state),
      since,
      details: { documentId: id, sku, locationId },
    }));
  },
};
