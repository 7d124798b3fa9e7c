import type { Pool } from 'pg';
import { partOf } from '../request-search.js';
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
const HOUR_MS = 3_600_000;

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

/** From counts that are kept; only the longest waiting request is looked up, among urgent ones and among the others. */
const STATUSES = `
  SELECT c.*, o.* FROM (
    SELECT status, sum(requests)::float8 AS count, sum(approvals)::float8 AS approvals, sum(approval_ms)::float8 AS "approvalMs",
           sum(approved_units)::float8 AS approved, sum(shipped_units)::float8 AS shipped
      FROM workflow.stock_request_count WHERE tenant = $1 GROUP BY status) AS c
   CROSS JOIN (SELECT
    (SELECT coalesce(sum(requests), 0)::float8 FROM workflow.stock_request_due WHERE tenant = $1 AND needed_by < $2::date) AS overdue,
    (SELECT min(w.since) FROM (VALUES (true), (false)) AS u (urgent) CROSS JOIN LATERAL (
       SELECT min(submitted_at) AS since FROM workflow.stock_request
        WHERE tenant = $1 AND status = 'submitted' AND (priority = 'urgent') = u.urgent) AS w) AS oldest) AS o`;

/** A request counts once at its source and once at its destination, which differ. */
const VALUES = `
  SELECT v.kind, v.value, sum(c.requests)::int AS count
    FROM workflow.stock_request_count c
   CROSS JOIN LATERAL (VALUES ('statuses', c.status), ('requesters', c.requested_by), ('priorities', c.priority),
                              ('locations', c.from_location_id), ('locations', nullif(c.to_location_id, ''))) AS v (kind, value)
   WHERE c.tenant = $1 AND v.value IS NOT NULL
   GROUP BY v.kind, v.value ORDER BY count DESC, value`;

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
   WHERE p.tenant = $1 AND p.position >= 0 AND ($2::text IS NULL OR p.name ILIKE $2 OR p.sku ILIKE substr($2, 2) OR p.barcode = $3)
   ORDER BY p.sku LIMIT $6`;

interface StatusRow {
  readonly status: string;
  readonly count: number;
  readonly approvals: number;
  readonly approvalMs: number;
  readonly approved: number;
  readonly shipped: number;
  /** Of all statuses, as `oldest`. */
  readonly overdue: number;
  readonly oldest: Date | null;
}

/** Figures of a tenant's stock requests. */
export class RequestReports {
  constructor(private readonly pool: Pool) {}

  async byCategory(tenant: string): Promise<readonly CategoryRequestsView[]> {
    return (await this.pool.query<CategoryRequestsView>(BY_CATEGORY, [tenant])).rows;
  }

  /** @param now epoch milliseconds */
  async dashboard(tenant: string, now: number): Promise<RequestDashboardView> {
    const today = new Date(now).toISOString().slice(0, 10);
    const { rows } = await this.pool.query<StatusRow>(STATUSES, [tenant, today]);
    const counts = new Map(rows.map(({ status, count }) => [status, count]));
    const sum = (of: (row: StatusRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
    const approvals = sum((row) => row.approvals);
    const approved = sum((row) => row.approved);
    return {
      byStatus: Object.fromEntries(REQUEST_STATUSES.map((status) => [status, counts.get(status) ?? 0])),
      pendingApprovals: counts.get('submitted') ?? 0,
      overdue: rows[0]?.overdue ?? 0,
      averageApprovalHours: approvals === 0 ? null : rounded(sum((row) => row.approvalMs) / HOUR_MS / approvals, 2),
      fillRate: approved > 0 ? rounded(sum((row) => row.shipped) / approved, 4) : null,
      oldestPendingAt: rows[0]?.oldest?.toISOString() ?? null,
    };
  }

  async filters(tenant: string): Promise<RequestFiltersView> {
    const [values, categories] = await Promise.all([
      this.pool.query<FilterValueView & { readonly kind: string }>(VALUES, [tenant]),
      this.pool.query<FilterValueView>(CATEGORIES, [tenant]),
    ]);
    const of = (kind: string) => values.rows.filter((row) => row.kind === kind).map(({ value, count }) => ({ value, count }));
    return {
      statuses: of('statuses'),
      locations: of('locations'),
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
