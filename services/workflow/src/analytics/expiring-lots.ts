import type { Pool } from 'pg';
import type { AnalyticsFilter } from './analytics-filter.js';

const EXPIRING_DAYS = 30;

/**
 * Lots with units, by SKU and location, that are not expired at the time and will be within 30 days of it. Their units are those that the day
 * closed with, and their instants of expiry those that were known on it.
 */
const COUNT = `
  WITH lot AS (
    SELECT m.sku, m.location_id, m.lot_id
      FROM workflow.lot_movement m
      LEFT JOIN workflow.closing_sku s USING (tenant, sku)
     WHERE m.tenant = $1 AND m.day <= $2 AND ($4::text IS NULL OR m.location_id = $4) AND ($5::text IS NULL OR s.category = $5)
     GROUP BY m.sku, m.location_id, m.lot_id HAVING sum(m.units) > 0)
  SELECT count(*)::int AS lots
    FROM lot
    CROSS JOIN LATERAL (
      SELECT i.expires_at FROM workflow.lot_instant i
       WHERE i.tenant = $1 AND i.sku = lot.sku AND i.lot_id = lot.lot_id AND i.location_id IN ('', lot.location_id) AND i.day <= $2
       ORDER BY i.revision DESC, i.location_id DESC LIMIT 1) known
   WHERE known.expires_at > to_timestamp($3::float8 / 1000)
     AND known.expires_at <= to_timestamp($3::float8 / 1000) + make_interval(days => ${String(EXPIRING_DAYS)})`;

/** @param at with the last day that counts, and the time as of which lots are looked at, epoch milliseconds */
export async function countExpiringLots(
  pool: Pool,
  tenant: string,
  at: { readonly day: number; readonly time: number },
  { locationId, categoryId }: AnalyticsFilter,
): Promise<number> {
  const values = [tenant, at.day, at.time, locationId ?? null, categoryId ?? null];
  const { rows } = await pool.query<{ lots: number }>({ name: 'analytics-expiring-lots', text: COUNT, values });
  return rows[0]?.lots ?? 0;
}
