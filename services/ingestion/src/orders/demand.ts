import { paginationOf, type Page } from '@holdfast/platform';
import type { Pool } from 'pg';
import type { DemandAnswer, DemandQuery } from './demand.dto.js';

const PERIODS = `
  SELECT sku, date_trunc($2, ordered_at, 'UTC') AS start, sum(quantity) FILTER (WHERE state <> 'cancelled') AS ordered,
         sum(quantity) FILTER (WHERE state = 'shipped') AS shipped, sum(quantity) FILTER (WHERE state = 'cancelled') AS cancelled,
         count(*) FILTER (WHERE state <> 'cancelled') AS lines
    FROM ingestion.order_lines
   WHERE tenant = $1 AND ($3::text IS NULL OR sku = $3) AND ($4::text IS NULL OR channel_id = $4)
     AND ($5::timestamptz IS NULL OR ordered_at >= $5) AND ($6::timestamptz IS NULL OR ordered_at < $6)
   GROUP BY sku, start`;

const PAGE = `
  SELECT sku, start, coalesce(ordered, 0)::float8 AS ordered, coalesce(shipped, 0)::float8 AS shipped,
         coalesce(cancelled, 0)::float8 AS cancelled, lines::float8 AS lines
    FROM (${PERIODS}) p ORDER BY sku, start OFFSET $7 LIMIT $8`;

const COUNT = `SELECT count(*)::int AS total FROM (${PERIODS}) p`;

interface Row {
  readonly sku: string;
  readonly start: Date;
  readonly ordered: number;
  readonly shipped: number;
  readonly cancelled: number;
  readonly lines: number;
}

/** What was ordered in each period, from the lines of orders that files have told of. */
export class Demand {
  constructor(private readonly pool: Pool) {}

  async page(tenant: string, query: DemandQuery, page: Page): Promise<DemandAnswer> {
    const { sku = null, channelId = null, from = null, to = null, period = 'day' } = query;
    const asked = [tenant, period, sku, channelId, from, to];
    const { rows } = await this.pool.query<Row>(PAGE, [...asked, page.offset, page.pageSize]);
    const counted = await this.pool.query<{ total: number }>(COUNT, asked);
    const demand = rows.map(({ start, ...figures }) => ({ ...figures, periodStart: start.toISOString() }));
    return { demand, pagination: paginationOf(page, counted.rows[0]?.total ?? 0) };
  }
}
