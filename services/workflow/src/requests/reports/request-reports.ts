import type { Pool } from 'pg';
import { partOf } from '../request-list.js';
import { REQUEST_STATUSES } from '../request.dto.js';
import type {
  CategoryRequestsView,
  FilterValueView,
  ProductSearchQuery,
  RequestDashboardView,
  RequestFiltersView,
  RequestProductView,
} from './report.dto.js';

const DEFAULT_PRODUCTS = 20;

/** Lines by request and category first: that is hashed, where counting distinct requests would sort all lines. */
const BY_CATEGORY = `
  SELECT category AS "categoryId", category AS "categoryName", count(*)::int AS requests, sum(lines)::int AS lines,
         sum(requested)::float8 AS "quantityRequested", sum(approved)::float8 AS "quantityApproved",
         sum(shipped)::float8 AS "quantityShipped", (sum(cost) / 100.0)::float8 AS value
    FROM (SELECT l.request_id, p.category, count(*) AS lines, sum(l.requested) AS requested, sum(l.approved) AS approved,
                 sum(l.shipped) AS shipped, coalesce(sum(l.requested * p.cost_minor), 0) AS cost
            FROM workflow.stock_request_line l
            LEFT JOIN workflow.request_product p ON p.tenant = l.tenant AND p.sku = l.sku
           WHERE l.tenant = $1 GROUP BY l.request_id, p.category) AS of_request
   GROUP BY category ORDER BY category NULLS LAST`;

const STATUSES = `
  SELECT status, count(*)::int AS count, count(*) FILTER (WHERE needed_by < $2::date)::int AS late, min(submitted_at) AS oldest,
         sum(extract(epoch FROM approved_at - submitted_at))::float8 AS seconds, count(approved_at)::int AS approvals
    FROM workflow.stock_request WHERE tenant = $1 AND status <> 'deleted' GROUP BY status`;

const FILL = `SELECT sum(approved)::float8 AS approved, sum(shipped)::float8 AS shipped FROM workflow.stock_request_line WHERE tenant = $1`;

const VALUES = `
  SELECT CASE WHEN grouping(status) = 0 THEN 'statuses' WHEN grouping(requested_by) = 0 THEN 'requesters' ELSE 'priorities' END AS kind,
         coalesce(status, requested_by, priority) AS value, count(*)::int AS count
    FROM workflow.stock_request WHERE tenant = $1 AND status <> 'deleted'
   GROUP BY GROUPING SETS ((status), (requested_by), (priority)) ORDER BY count DESC, value`;

/** Source and destination of a request differ, so it counts once at each. */
const LOCATIONS = `
  SELECT location_id AS value, sum(requests)::int AS count
    FROM (SELECT from_location_id AS location_id, count(*) AS requests
            FROM workflow.stock_request WHERE tenant = $1 AND status <> 'deleted' GROUP BY from_location_id
          UNION ALL
          SELECT to_location_id, count(*) FROM workflow.stock_request
           WHERE tenant = $1 AND status <> 'deleted' AND to_location_id IS NOT NULL GROUP BY to_location_id) AS at
   GROUP BY location_id ORDER BY count DESC, value`;

const CATEGORIES = `
  SELECT category AS value, count(*)::int AS count
    FROM (SELECT DISTINCT l.request_id, p.category
            FROM workflow.stock_request_line l LEFT JOIN workflow.request_product p ON p.tenant = l.tenant AND p.sku = l.sku
           WHERE l.tenant = $1) AS of_request
   GROUP BY category ORDER BY count DESC, value NULLS LAST`;

const PRODUCTS = `
  SELECT p.sku AS "productMasterId", p.sku, p.name, p.barcode, p.category AS "categoryName",
         coalesce((SELECT sum(greatest(s.available, 0)) FROM workflow.stock s
                    WHERE s.tenant = p.tenant AND s.sku = p.sku AND ($4::text IS NULL OR s.location_id = $4)), 0)::float8 AS "quantityAvailable",
         CASE WHEN $5::text IS NOT NULL THEN coalesce((
           SELECT s.on_hand FROM workflow.stock s WHERE s.tenant = p.tenant AND s.sku = p.sku AND s.location_id = $5), 0) END::float8
           AS "quantityAtDestination"
    FROM workflow.request_product p
   WHERE p.tenant = $1 AND ($2::text IS NULL OR p.name ILIKE $2 OR p.sku ILIKE substr($2, 2) OR p.barcode = $3)
   ORDER BY p.sku LIMIT $6`;

interface StatusRow {
  readonly status: string;
  readonly count: number;
  readonly late: number;
  readonly oldest: Date | null;
  readonly seconds: number | null;
  readonly approvals: number;
}

const ENDED: readonly string[] = ['fulfilled', 'cancelled', 'rejected'];

/** Figures of a tenant's stock requests. */
export class RequestReports {
  constructor(private readonly pool: Pool) {}

  async byCategory(tenant: string): Promise<readonly CategoryRequestsView[]> {
    return (await this.pool.query<CategoryRequestsView>(BY_CATEGORY, [tenant])).rows;
  }

  /** @param now epoch milliseconds */
  async dashboard(tenant: string, now: number): Promise<RequestDashboardView> {
    const today = new Date(now).toISOString().slice(0, 10);
    const [{ rows }, fill] = await Promise.all([
      this.pool.query<StatusRow>(STATUSES, [tenant, today]),
      this.pool.query<{ approved: number | null; shipped: number | null }>(FILL, [tenant]),
    ]);
    const counts = new Map(rows.map((row) => [row.status, row]));
    const sum = (of: (row: StatusRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
    const approvals = sum((row) => row.approvals);
    const seconds = sum((row) => row.seconds ?? 0);
    const { approved = 0, shipped = 0 } = fill.rows[0] ?? {};
    return {
      byStatus: Object.fromEntries(REQUEST_STATUSES.map((status) => [status, counts.get(status)?.count ?? 0])),
      pendingApprovals: counts.get('submitted')?.count ?? 0,
      overdue: sum((row) => (ENDED.includes(row.status) ? 0 : row.late)),
      averageApprovalHours: approvals === 0 ? null : rounded(seconds / 3_600 / approvals, 2),
      fillRate: (approved ?? 0) > 0 ? rounded((shipped ?? 0) / (approved ?? 1), 4) : null,
      oldestPendingAt: counts.get('submitted')?.oldest?.toISOString() ?? null,
    };
  }

  async filters(tenant: string): Promise<RequestFiltersView> {
    const [values, locations, categories] = await Promise.all([
      this.pool.query<FilterValueView & { readonly kind: string }>(VALUES, [tenant]),
      this.pool.query<FilterValueView>(LOCATIONS, [tenant]),
      this.pool.query<FilterValueView>(CATEGORIES, [tenant]),
    ]);
    const of = (kind: string) => values.rows.filter((row) => row.kind === kind).map(({ value, count }) => ({ value, count }));
    return {
      statuses: of('statuses'),
      locations: locations.rows,
      requesters: of('requesters'),
      categories: categories.rows,
      priorities: of('priorities'),
    };
  }

  async products(tenant: string, { q, fromLocationId, toLocationId, limit }: ProductSearchQuery): Promise<readonly RequestProductView[]> {
    const wanted = q === undefined ? [null, null] : [partOf(q), q];
    const values = [tenant, ...wanted, fromLocationId ?? null, toLocationId ?? null, limit ?? DEFAULT_PRODUCTS];
    return (await this.pool.query<RequestProductView>(PRODUCTS, values)).rows;
  }
}

const rounded = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
