import type { Page, Pagination } from '@holdfast/platform';
import { paginationOf, periodOf } from '@holdfast/platform';
import type { RequestState } from '@holdfast/warehouse';
import type { Pool } from 'pg';
import type { StockRequestQuery } from './request.dto.js';
import { conditionsOf } from './request-conditions.js';
import { findRequests } from './request-search.js';
import type { LineProduct } from './request-view.js';

const NEWEST_FIRST = 'r.created_at DESC, r.request_id';
const LONGEST_WAITING_FIRST = `(r.priority = 'urgent') DESC, r.submitted_at, r.request_id`;

/** Which requests are on the page is read from an index alone; the records of these are read then. @param limit number of the value */
const pageStatement = (where: string, order: string, limit: number): string => `
  WITH page AS MATERIALIZED (
    SELECT r.request_id FROM workflow.stock_request r WHERE ${where} ORDER BY ${order} LIMIT $${String(limit)} OFFSET $${String(limit + 1)})
  SELECT r.record FROM page JOIN workflow.stock_request r ON r.tenant = $1 AND r.request_id = page.request_id ORDER BY ${order}`;

const keptCount = (where: string): string =>
  `SELECT coalesce(sum(r.requests), 0)::int AS total FROM workflow.stock_request_count r WHERE ${where}`;
const countStatement = (where: string): string => `SELECT count(*)::int AS total FROM workflow.stock_request r WHERE ${where}`;

/** Whom a caller asks for: those that he had no part in. */
const PENDING = `r.tenant = $1 AND r.status = 'submitted' AND NOT $2 = ANY (r.authors)`;
const PENDING_COUNT = `
  SELECT ((SELECT coalesce(sum(requests), 0) FROM workflow.stock_request_count WHERE tenant = $1 AND status = 'submitted')
        - (SELECT count(*) FROM workflow.stock_request WHERE tenant = $1 AND status = 'submitted' AND authors @> ARRAY[$2::text]))::int AS total`;

const PRODUCTS = `
  SELECT w.sku, w.location_id AS "locationId", p.name, p.category, s.available::float8 AS available
    FROM (SELECT DISTINCT * FROM unnest($2::text[], $3::text[]) AS t (sku, location_id)) w
    LEFT JOIN workflow.request_product p ON p.tenant = $1 AND p.sku = w.sku
    LEFT JOIN workflow.stock s ON s.tenant = $1 AND s.sku = w.sku AND s.location_id = w.location_id`;

export interface ListedRequests {
  readonly states: readonly RequestState[];
  readonly pagination: Pagination;
}

/** Stock requests as the follower has stored them. */
export class RequestList {
  constructor(private readonly pool: Pool) {}

  /** Newest first. @throws Problem 400 `invalid_period` */
  async page(tenant: string, query: StockRequestQuery, page: Page): Promise<ListedRequests> {
    periodOf(query);
    const found = query.search === undefined ? undefined : await findRequests(this.pool, tenant, query.search);
    const { where, values, isCounted } = conditionsOf(tenant, query, found);
    const count = isCounted ? keptCount(where) : countStatement(where);
    return this.listed(pageStatement(where, NEWEST_FIRST, values.length + 1), count, values, page);
  }

  /** Urgent ones first, then the longest waiting. @param person who asks: his own are left out */
  pending(tenant: string, person: string, page: Page): Promise<ListedRequests> {
    return this.listed(pageStatement(PENDING, LONGEST_WAITING_FIRST, 3), PENDING_COUNT, [tenant, person], page);
  }

  /** Names, categories and free units of the lines' SKUs at the sources of their requests. */
  async products(
    tenant: string,
    states: readonly RequestState[],
  ): Promise<(state: RequestState) => (sku: string) => LineProduct | undefined> {
    const wanted = states.flatMap(({ lines, fromLocationId }) => lines.map(({ sku }) => ({ sku, fromLocationId })));
    const { rows } = await this.pool.query<LineProduct & { readonly sku: string; readonly locationId: string }>(PRODUCTS, [
      tenant,
      wanted.map(({ sku }) => sku),
      wanted.map(({ fromLocationId }) => fromLocationId),
    ]);
    const found = new Map(rows.map((row) => [JSON.stringify([row.sku, row.locationId]), row]));
    return ({ fromLocationId }) =>
      (sku) =>
        found.get(JSON.stringify([sku, fromLocationId]));
  }

  /** The next number of the tenant's requests. */
  async nextNumber(tenant: string): Promise<string> {
    const { rows } = await this.pool.query<{ last: string }>(
      `INSERT INTO workflow.stock_request_number AS n (tenant, last) VALUES ($1, 1)
       ON CONFLICT (tenant) DO UPDATE SET last = n.last + 1 RETURNING last`,
      [tenant],
    );
    return `SR-${(rows[0]?.last ?? '').padStart(6, '0')}`;
  }

  private async listed(statement: string, count: string, values: readonly unknown[], page: Page): Promise<ListedRequests> {
    const [{ rows }, counted] = await Promise.all([
      this.pool.query<{ record: RequestState }>(statement, [...values, page.pageSize, page.offset]),
      this.pool.query<{ total: number }>(count, [...values]),
    ]);
    return { states: rows.map(({ record }) => record), pagination: paginationOf(page, counted.rows[0]?.total ?? 0) };
  }
}
