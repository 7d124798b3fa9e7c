import type { Pool } from 'pg';
import { type Page, paginationOf } from '@holdfast/platform';
import { DEFAULT_LOW_STOCK_THRESHOLD } from '@holdfast/warehouse';
import { ruleOf } from './level-rows.js';
import type { LowStock, LowStockPage, LowStockQuery } from './low-stock.dto.js';

interface Row extends Omit<LowStock, 'since'> {
  readonly since: Date;
}

const OF_THE_QUERY = `
  a.tenant = $1 AND a.location_id = '' AND a.level <> 'ok' AND ($2::text IS NULL OR a.level = $2) AND ($3::text IS NULL OR a.sku = $3)`;

const PAGE = `
  SELECT a.sku, a.since, (CASE WHEN r.sku <> '' THEN r.threshold ELSE coalesce(a.threshold, r.threshold, $6) END)::float8 AS threshold, CASE a.level WHEN 'stock_out' THEN 'CRITICAL' ELSE 'LOW' END AS severity,
         coalesce(l.quantity, 0)::float8 AS quantity, coalesce(l.locations, '[]') AS locations
    FROM (SELECT * FROM workflow.stock_alert a WHERE ${OF_THE_QUERY} ORDER BY a.since DESC, a.sku LIMIT $4 OFFSET $5) a
    ${ruleOf('a')}
    LEFT JOIN LATERAL (
      SELECT sum(greatest(s.available, 0)) AS quantity,
             json_agg(json_build_object('locationId', s.location_id, 'available', s.available) ORDER BY s.location_id) AS locations
        FROM workflow.stock s WHERE s.tenant = a.tenant AND s.sku = a.sku
    ) l ON true
   ORDER BY a.since DESC, a.sku`;

const COUNT = `SELECT count(*)::int AS total FROM workflow.stock_alert a WHERE ${OF_THE_QUERY}`;

/** SKUs with too little left, newest first. */
export class LowStockView {
  constructor(private readonly pool: Pool) {}

  async page(tenant: string, { severity, sku }: LowStockQuery, page: Page): Promise<LowStockPage> {
    const level = severity === undefined ? null : severity === 'CRITICAL' ? 'stock_out' : 'low_stock';
    const wanted = [tenant, level, sku ?? null];
    const [{ rows }, count] = await Promise.all([
      this.pool.query<Row>(PAGE, [...wanted, page.pageSize, page.offset, DEFAULT_LOW_STOCK_THRESHOLD]),
      this.pool.query<{ total: number }>(COUNT, wanted),
    ]);
    const alerts = rows.map(({ since, ...row }) => ({ ...row, since: since.toISOString() }));
    return { alerts, pagination: paginationOf(page, count.rows[0]?.total ?? 0) };
  }
}
