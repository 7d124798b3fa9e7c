import { toldAndOldest, type AlertSource } from './alert-source.js';

const LOST = `
  SELECT r.tenant, r.request_id AS "documentId", r.number, r.from_location_id AS "locationId", (r.record ->> 'lostAt')::float8 AS since,
         l.units::float8 AS units
    FROM workflow.stock_request r
   CROSS JOIN LATERAL (
     SELECT sum(greatest(l.approved - l.shipped - l.cancelled - l.reserved - l.waiting, 0)) AS units
       FROM workflow.stock_request_line l WHERE l.tenant = r.tenant AND l.request_id = r.request_id) l
   WHERE r.phase IN ('approved', 'fulfilling') AND r.record ? 'lostAt' AND l.units > 0`;

interface Row {
  readonly tenant: string;
  readonly documentId: string;
  readonly number: string;
  readonly locationId: string;
  readonly since: number;
  readonly units: number;
}

/** Approved stock requests whose reservations ended though they were not shipped. The figure is units that nothing holds any more. */
export const requestReservationLost: AlertSource = {
  kind: 'request_reservation_lost',
  everyMs: 30_000,
  troubles: async (client, _, { most }) => {
    const rows = await toldAndOldest<Row>(client, { kind: 'request_reservation_lost', sql: LOST, values: [], subject: 'documentId' }, most);
    return rows.map(({ tenant, documentId, number, locationId, since, units }) => ({
      tenant,
      subject: documentId,
      stage: 0,
      figure: units,
      since,
      details: { documentId, locationId, says: number },
    }));
  },
};
