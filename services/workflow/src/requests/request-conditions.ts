import type { StockRequestQuery } from './request.dto.js';
import type { FoundRequests } from './request-search.js';

/** Conditions on `workflow.stock_request r`, with the values of `$1` and so on. */
export interface RequestConditions {
  readonly where: string;
  readonly values: readonly unknown[];
  /** Whether they name columns of `workflow.stock_request_count` only, so that its rows tell how many requests there are. */
  readonly isCounted: boolean;
}

/** What is asked for, and the condition for its place among the values. */
type Filter = readonly [value: unknown, condition: (value: string) => string];

const LINES = 'SELECT l.request_id FROM workflow.stock_request_line l';
const PRODUCT = 'workflow.request_product p ON p.tenant = l.tenant AND p.sku = l.sku';

const countedFilters = (query: StockRequestQuery): readonly Filter[] => [
  [query.status, (value) => `r.status = ${value}`],
  [query.fromLocationId, (value) => `r.from_location_id = ${value}`],
  [query.toLocationId, (value) => `r.to_location_id = ${value}`],
  [query.requestedBy, (value) => `r.requested_by = ${value}`],
  [query.priority, (value) => `r.priority = ${value}`],
];

const otherFilters = (query: StockRequestQuery, found: FoundRequests | undefined): readonly Filter[] => [
  [query.fromDate, (value) => `r.created_at >= (${value}::date)::timestamp AT TIME ZONE 'UTC'`],
  [query.toDate, (value) => `r.created_at < (${value}::date + 1)::timestamp AT TIME ZONE 'UTC'`],
  [query.sku, (value) => `r.request_id IN (${LINES} WHERE l.tenant = $1 AND l.sku = ${value})`],
  [query.categoryId, (value) => `r.request_id IN (${LINES} JOIN ${PRODUCT} WHERE l.tenant = $1 AND p.category = ${value})`],
  [found?.ids, (value) => `r.request_id = ANY (${value})`],
  [found?.pattern, matching],
];

/** Looks at each request, as one of many that have the text. */
const matching = (pattern: string): string => `(r.number ILIKE ${pattern} OR r.reason ILIKE ${pattern} OR EXISTS (
  ${LINES} LEFT JOIN ${PRODUCT}
   WHERE l.tenant = r.tenant AND l.request_id = r.request_id AND (l.sku ILIKE ${pattern} OR p.name ILIKE ${pattern})))`;

/** A filter that was left out is left out of the statement, too: only so does Postgres choose the index of those that are named. */
export function conditionsOf(tenant: string, query: StockRequestQuery, found?: FoundRequests): RequestConditions {
  const counted = countedFilters(query).filter(([value]) => value !== undefined);
  const others = otherFilters(query, found).filter(([value]) => value !== undefined);
  const filters = [...counted, ...others];
  const conditions = filters.map(([, condition], index) => condition(`$${String(index + 2)}`));
  return {
    where: [`r.tenant = $1 AND r.status <> 'deleted'`, ...conditions].join(' AND '),
    values: [tenant, ...filters.map(([value]) => value)],
    isCounted: others.length === 0,
  };
}
