import type { VendorAnswer, VendorCall } from '../../http/vendor-call.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonAccount } from '../account.js';
import { invalidInput, notFound, refusal } from '../answers.js';
import type { Operation } from '../operations.js';
import { listOf, timeOf } from '../query.js';
import { isFba, type AmazonOrder, type AmazonOrders } from './orders.js';

const MAX_PAGE = 100;
/** An order shows in a search only so long after its change. */
const LAG_MS = 2 * 60_000;
const BASE = '/orders/2026-01-01/orders';
const iso = (at: number): string => new Date(at).toISOString();

/** Operations of the Orders API of 2026. */
export function orderOperations(account: AmazonAccount, orders: AmazonOrders, clock: SandboxClock): readonly Operation[] {
  function search({ query }: VendorCall): VendorAnswer {
    const byUpdate = query.has('lastUpdatedAfter');
    if (byUpdate === query.has('createdAfter')) return invalidInput("give exactly one of 'createdAfter' and 'lastUpdatedAfter'");
    const [after, before] = byUpdate ? ['lastUpdatedAfter', 'lastUpdatedBefore'] : ['createdAfter', 'createdBefore'];
    const latest = clock.now() - LAG_MS;
    const from = timeOf(query, after ?? '', 0);
    const until = timeOf(query, before ?? '', latest);
    if (Number.isNaN(from) || Number.isNaN(until)) return invalidInput('a time is not in ISO 8601');
    if (until > latest) return invalidInput(`'${before ?? ''}' must be at least two minutes before the request`);
    const size = Number(query.get('maxResultsPerPage') ?? MAX_PAGE);
    if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE)
      return invalidInput(`'maxResultsPerPage' must be from 1 to ${String(MAX_PAGE)}`);
    const foreign = listOf(query, 'marketplaceIds').find((id) => !account.marketplaceIds.includes(id));
    if (foreign !== undefined) return refusal(403, 'Unauthorized', 'Access to requested resource is denied.', foreign);
    const statuses = listOf(query, 'fulfillmentStatuses');
    const at = (order: AmazonOrder): number => (byUpdate ? order.updatedAt : order.createdAt);
    const found = orders
      .all()
      .filter((order) => at(order) >= from && at(order) <= until && (statuses.length === 0 || statuses.includes(order.status)))
      .sort((one, other) => at(one) - at(other));
    const start = Number(query.get('paginationToken') ?? 0);
    const dataSets = new Set(listOf(query, 'includedData'));
    const page = found.slice(start, start + size);
    const more = start + size < found.length;
    return {
      status: 200,
      body: {
        orders: page.map((order) => view(order, dataSets)),
        ...(more ? { pagination: { nextToken: String(start + size) } } : {}),
        [byUpdate ? 'lastUpdatedBefore' : 'createdBefore']: iso(until),
      },
    };
  }

  function get({ params, query }: VendorCall): VendorAnswer {
    const order = orders.find(params['orderId'] ?? '');
    if (order === undefined) return notFound('no such order');
    return { status: 200, body: { order: view(order, new Set(listOf(query, 'includedData'))) } };
  }

  const view = (order: AmazonOrder, dataSets: ReadonlySet<string>): Readonly<Record<string, unknown>> => ({
    orderId: order.id,
    createdTime: iso(order.createdAt),
    lastUpdatedTime: iso(order.updatedAt),
    salesChannel: { channelName: 'AMAZON', marketplaceId: account.marketplaceIds[0] },
    ...(dataSets.has('FULFILLMENT')
      ? { fulfillment: { fulfillmentStatus: order.status, fulfilledBy: isFba(order) ? 'AMAZON' : 'MERCHANT' } }
      : {}),
    orderItems: order.items.map(({ id, listing, ordered }) => ({
      orderItemId: id,
      quantityOrdered: ordered,
      product: { asin: listing.asin, title: listing.title, sellerSku: listing.sku },
      ...(dataSets.has('FULFILLMENT')
        ? { fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: order.status === 'CANCELLED' ? 0 : ordered } }
        : {}),
      ...(dataSets.has('CANCELLATION') && order.status === 'CANCELLED'
        ? { cancellation: { cancellationExecution: { cancelledBy: 'BUYER', cancelReason: 'Buyer cancelled' } } }
        : {}),
    })),
  });

  return [
    { name: 'searchOrders', method: 'GET', path: BASE, handle: search },
    { name: 'getOrder', method: 'GET', path: `${BASE}/:orderId`, handle: get },
  ];
}
