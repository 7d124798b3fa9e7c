import type { VendorAnswer, VendorCall, VendorRoute } from '../../http/vendor-call.js';
import { SCOPES } from '../account.js';
import { type EbayError, refused } from '../errors.js';
import type { EbayGuard } from '../guard.js';
import { links, pagingOf } from '../inventory/paging.js';
import { type EbayOrder, type OrderList, shownOrder } from './order-list.js';

const BASE = '/sell/fulfillment/v1/order';
const READ = [SCOPES.orders, SCOPES.ordersRead];

/** Orders by time and by id. The Fulfillment API is not among the documents checked against: its shape is as publicly described. */
export function orderRoutes(orders: OrderList, guard: EbayGuard): readonly VendorRoute[] {
  return [
    guard.route({ method: 'GET', path: BASE, operation: 'getOrders', scopes: READ, handle: (call) => list(orders, call) }),
    guard.route({
      method: 'GET',
      path: `${BASE}/:orderId`,
      operation: 'getOrder',
      scopes: READ,
      handle: ({ params }) => {
        const order = orders.find(params['orderId'] ?? '');
        return order === undefined ? refused(404, fulfillment(32100, 'Invalid order ID.')) : { status: 200, body: shownOrder(order) };
      },
    }),
  ];
}

function list(orders: OrderList, { query }: VendorCall): VendorAnswer {
  const paging = pagingOf(query, 50, 200);
  if ('status' in paging) return paging;
  const matches = matching(query);
  if (typeof matches === 'object') return matches;
  const found = orders.all().filter(matches);
  const { limit, offset } = paging;
  const shown = found.slice(offset, offset + limit).map(shownOrder);
  const more = links(BASE, paging, limit, offset + limit < found.length);
  return { status: 200, body: { ...more, total: found.length, limit, offset, orders: shown } };
}

function matching(query: URLSearchParams): ((order: EbayOrder) => boolean) | VendorAnswer {
  const ids = query.get('orderIds');
  if (ids !== null) return ({ orderId }) => ids.split(',').includes(orderId);
  const filter = query.get('filter');
  if (filter === null) return () => true;
  const read = /^(lastmodifieddate|creationdate):\[([^\].]+(?:\.\d+)?Z)\.\.([^\]]*)\]$/.exec(filter);
  const from = Date.parse(read?.[2] ?? '');
  const until = read?.[3] === '' ? Number.POSITIVE_INFINITY : Date.parse(read?.[3] ?? '');
  if (read === null || Number.isNaN(from) || Number.isNaN(until)) return refused(400, fulfillment(30800, `Invalid filter ${filter}.`));
  const byChange = read[1] === 'lastmodifieddate';
  return ({ modifiedAt, createdAt }) => {
    const at = byChange ? modifiedAt : createdAt;
    return at >= from && at <= until;
  };
}

const fulfillment = (errorId: number, message: string): EbayError => ({
  errorId,
  domain: 'API_FULFILLMENT',
  category: 'REQUEST',
  message,
  longMessage: message,
});
