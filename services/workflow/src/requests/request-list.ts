import type { Page, Pagination } from '@holdfast/platform';
import { paginationOf, periodOf } from '@holdfast/platform';
import type { RequestState } from '@holdfast/warehouse';
import type { Pool } from 'pg';
import type { StockRequestQuery } from './request.dto.js';
import type { LineProduct } from './request-view.js';

const OF_THE_QUERY = `
      r.tenant = $1 AND r.status <> 'deleted' AND ($2::text IS NULL OR r.status = $2)
  AND ($3::text IS NULL OR r.from_location_id = $3) AND ($4::text IS NULL OR r.to_location_id = $4)
  AND ($5::text IS NULL OR r.requested_by = $5) AND ($6::text IS NULL OR r.priority = $6)
  AND ($7::date IS NULL OR r.created_at >= ($7::date)::timestamp AT TIME ZONE 'UTC')
  AND ($8::date IS NULL OR r.created_at < ($8::date + 1)::timestamp AT TIME ZONE 'UTC')
  AND ($9::text IS NULL OR EXISTS (
        SELECT FROM workflow.stock_request_line l WHERE l.tenant = r.tenant AND l.request_id = r.request_id AND l.sku = $9))
  AND ($10::text IS NULL OR EXISTS (
        SELECT FROM workflow.stock_request_line l JOIN workflow.request_product p ON p.tenant = l.tenant AND p.sku = l.sku
         WHERE l.tenant = r.tenant AND l.request_id = r.request_id AND p.category = $10))
  AND ($11::text IS NULL OR r.number ILIKE $11 OR r.reason ILIKE $11 OR EXISTS (
        SELECT FROM workflow.stock_request_line l LEFT JOIN workflow.request_product p ON p.tenant = l.tenant AND p.sku = l.sku
         WHERE l.tenant = r.tenant AND l.request_id = r.request_id AND (l.sku ILIKE $11 OR p.name ILIKE $11)))`;

const PAGE = `SELECT r.record FROM workflow.stock_request r WHERE ${OF_THE_QUERY} ORDER BY r.created_at DESC, r.request_id LIMIT $12 OFFSET $13`;
const COUNT = `SELECT count(*)::int AS total FROM workflow.stock_request r WHERE ${OF_THE_QUERY}`;

/** Whom a caller asks for: those that he had no part in. */
const PENDING = `r.tenant = $1 AND r.status = 'submitted' AND NOT $2 = ANY (r.authors)`;
const PENDING_PAGE = `
  SELECT r.record FROM workflow.stock_request r WHERE ${PENDING}
   ORDER BY (r.priority = 'urgent') DESC, r.submitted_at, r.request_id LIMIT $3 OFFSET $4`;
const PENDING_COUNT = `SELECT count(*)::int AS total FROM workflow.stock_request r WHERE ${PENDING}`;

const PRODUCTS = `
  SELECT w.sku, w.location_id AS "locationId", p.name, p.category, s.available::float8 AS available
    FROM (SELECT DISTINCT * FROM unnest($2::text[], $3::text[]) AS t (sku, location_id)) w
    LEFT JOIN workflow.request_product p ON p.tenant = $1 AND p.sku = w.sku
    LEFT JOIN workflow.stock s ON s.tenant = $1 AND s.sku = w.sku AND s.location_id = w.location_id`;

export interface ListedRequests {
  readonly states: readonly RequestState[];
  readonly pagination: Pagination;
}

/** A text as part of a pattern of LIKE: what stands for any character stands for itself. */
export const partOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

/** Stock requests as the follower has stored them. */
export class RequestList {
  constructor(private readonly pool: Pool) {}

  /** Newest first. @throws Problem 400 `invalid_period` */
  async page(tenant: string, query: StockRequestQuery, page: Page): Promise<ListedRequests> {
    const { status, fromLocationId, toLocationId, requestedBy, priority, sku, categoryId, search, fromDate, toDate } = query;
    periodOf(query);
    const where = [status, fromLocationId, toLocationId, requestedBy, priority, fromDate, toDate, sku, categoryId];
    const values = [tenant, ...where.map((value) => value ?? null), search === undefined ? null : partOf(search)];
    return this.listed(PAGE, COUNT, values, page);
  }

  /** Urgent ones first, then the longest waiting. @param person who asks: his own are left out */
  pending(tenant: string, person: string, page: Page): Promise<ListedRequests> {
    return this.listed(PENDING_PAGE, PENDING_COUNT, [tenant, person], page);
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
