import type { VendorAnswer, VendorCall, VendorRoute } from '../../http/vendor-call.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import { invalid, notFound } from '../errors.js';
import type { WalmartGuard } from '../guard.js';
import type { PurchaseOrders } from './purchase-orders.js';
import { shownOrder, shownReturn } from './shown-order.js';

const WEEK_MS = 7 * 86_400_000;

interface Dated {
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** Orders and returns by time. They are not among the documents checked against: their shape is as publicly described. */
export function orderRoutes(orders: PurchaseOrders, clock: SandboxClock, guard: WalmartGuard): readonly VendorRoute[] {
  return [
    guard.route({
      method: 'GET',
      path: '/v3/orders',
      operation: 'getOrders',
      limit: 'orders',
      handle: (call) => {
        const page = pageOf(call, orders.all(), clock.now(), ['createdStartDate', 'lastModifiedStartDate']);
        if ('status' in page) return page;
        const { meta, rows } = page;
        return { status: 200, body: { list: { meta, elements: { order: rows.map(shownOrder) } } } };
      },
    }),
    guard.route({
      method: 'GET',
      path: '/v3/orders/:purchaseOrderId',
      operation: 'getOrder',
      limit: 'orders',
      handle: ({ params }) => {
        const order = orders.find(params['purchaseOrderId'] ?? '');
        return order === undefined ? notFound(params['purchaseOrderId'] ?? '') : { status: 200, body: { order: shownOrder(order) } };
      },
    }),
    guard.route({
      method: 'GET',
      path: '/v3/returns',
      operation: 'getReturns',
      limit: 'orders',
      handle: (call) => {
        const dated = orders.allReturns().map((one) => ({ ...one, createdAt: one.modifiedAt }));
        const page = pageOf(call, dated, clock.now(), ['returnCreationStartDate', 'returnLastModifiedStartDate']);
        if ('status' in page) return page;
        const { meta, rows } = page;
        return { status: 200, body: { meta, returnOrders: rows.map(shownReturn) } };
      },
    }),
  ];
}

/** A page of what lies in the time asked for. Its cursor is a whole query, as Walmart gives it. */
function pageOf<Row extends Dated>(
  { query }: VendorCall,
  all: readonly Row[],
  now: number,
  [createdName, modifiedName]: readonly [string, string],
): { readonly meta: object; readonly rows: readonly Row[] } | VendorAnswer {
  const limit = Number(query.get('limit') ?? 100);
  const from = Number(query.get('poIndex') ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) return invalid('limit', 'The limit must be 1 to 200.');
  if (!Number.isInteger(from) || from < 0) return invalid('poIndex', 'The cursor is unknown.');
  const changed = dateOf(query, modifiedName);
  const created = dateOf(query, createdName) ?? (changed === undefined ? now - WEEK_MS : Number.NEGATIVE_INFINITY);
  if (Number.isNaN(created) || Number.isNaN(changed)) return invalid('createdStartDate', 'The date must be of ISO 8601.');
  const found = all.filter((row) => row.createdAt >= created && (changed === undefined || row.modifiedAt >= changed));
  const meta = { totalCount: found.length, limit };
  if (from + limit >= found.length) return { meta, rows: found.slice(from) };
  const next = new URLSearchParams(query);
  next.set('poIndex', String(from + limit));
  next.set('hasMoreElements', 'true');
  return { meta: { ...meta, nextCursor: `?${next.toString()}` }, rows: found.slice(from, from + limit) };
}

function dateOf(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  return given === null ? undefined : Date.parse(given);
}
