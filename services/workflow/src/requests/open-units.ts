import { NO_REQUESTS, type RequestUnits } from '@holdfast/warehouse';
import type { Pool } from 'pg';
import type { ReadRequestUnits } from '../replenishment/runs/request-units.js';

const OPEN = `
  SELECT l.sku, u.location_id AS "locationId", sum(u.to_here)::float8 AS "toHere", sum(u.from_here)::float8 AS "fromHere"
    FROM workflow.stock_request_line l
    JOIN workflow.stock_request r ON r.tenant = l.tenant AND r.request_id = l.request_id
   CROSS JOIN LATERAL (VALUES
     (r.to_location_id, CASE r.status WHEN 'submitted' THEN l.requested ELSE l.approved - l.shipped - l.cancelled END, 0),
     (r.from_location_id, 0, greatest(0, l.approved - l.reserved - l.waiting - l.shipped - l.cancelled))
   ) AS u (location_id, to_here, from_here)
   WHERE l.tenant = $1 AND l.sku = ANY ($2) AND (l.approved = 0 OR l.approved > l.shipped + l.cancelled) AND r.status IN ('submitted', 'approved', 'fulfilling') AND u.location_id IS NOT NULL
   GROUP BY l.sku, u.location_id`;

/**
 * Reads the open units of these SKUs. Each unit counts once: it leaves here in the step in which it is reserved, waits for supply or is in
 * transit, as it counts in the balance of the SKU then.
 */
export const openRequestUnits =
  (pool: Pool): ReadRequestUnits =>
  async (tenant, skus) => {
    const { rows } = await pool.query<RequestUnits & { readonly sku: string; readonly locationId: string }>(OPEN, [tenant, skus]);
    const found = new Map(rows.map(({ sku, locationId, ...units }) => [JSON.stringify([sku, locationId]), units]));
    return (sku, locationId) => found.get(JSON.stringify([sku, locationId])) ?? NO_REQUESTS;
  };
