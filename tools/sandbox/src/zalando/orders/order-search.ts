import type { VendorAnswer, VendorCall } from '../../http/vendor-call.js';
import type { MinuteWindows } from '../access/minute-windows.js';
import { itemResource, lineResource, orderResource, transitionResource, type OrderField } from './order-view.js';
import type { ZalandoOrder, ZalandoOrders } from './orders.js';

const MAX_PAGE = 1_000;
const INCLUDES: readonly string[] = ['order_items', 'order_lines', 'order_transitions', 'order_lines.order_line_transitions', 'shipments'];
const JSON_API = { 'content-type': 'application/vnd.api+json' };

export interface OrderSearchOptions {
  readonly merchantId: string;
  readonly orders: ZalandoOrders;
  readonly windows: MinuteWindows;
  readonly eanIn: OrderField;
}

const bad = (status: number, title: string, detail: string): VendorAnswer => ({
  status,
  headers: JSON_API,
  body: { errors: [{ status: String(status), title, detail }] },
});

/** Answers `GET /merchants/{merchant-id}/orders` in the form of JSON:API. */
export function orderSearch({ merchantId, orders, windows, eanIn }: OrderSearchOptions) {
  return ({ query, headers }: VendorCall): VendorAnswer => {
    const overrun = windows.take({ orders: 1 });
    if (overrun !== undefined)
      return {
        status: 429,
        throttled: true,
        headers: { ...JSON_API, 'retry-after': String(Math.ceil(overrun.retryAfterMs / 1_000)), 'x-rate-limit': String(overrun.limit) },
        body: { message: 'The rate limit is exceeded.' },
      };
    if (!(headers.accept ?? '').includes('application/vnd.api+json'))
      return bad(406, 'Not Acceptable', 'Accept must name application/vnd.api+json.');
    const size = Number(query.get('page[size]') ?? 50);
    const number = Number(query.get('page[number]') ?? 0);
    if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE || !Number.isInteger(number) || number < 0)
      return bad(400, 'Bad Request', 'page[size] or page[number] is out of range.');
    const includes = new Set((query.get('include') ?? '').split(',').filter((name) => name !== ''));
    const unknown = [...includes].find((name) => !INCLUDES.includes(name));
    if (unknown !== undefined) return bad(400, 'Bad Request', `include knows no ${unknown}.`);
    const times = ['created_after', 'created_before', 'last_updated_after', 'last_updated_before'].map((name) =>
      Date.parse(query.get(name) ?? ''),
    );
    if (
      ['created_after', 'created_before', 'last_updated_after', 'last_updated_before'].some(
        (name, index) => query.has(name) && Number.isNaN(times[index]),
      )
    )
      return bad(400, 'Bad Request', 'a time is not in ISO 8601.');
    const sort = query.get('sort') ?? '-modified_at';
    const found = orders
      .all()
      .filter((order) => within(order, times))
      .sort(by(sort));
    const page = found.slice(number * size, (number + 1) * size);
    return {
      status: 200,
      headers: JSON_API,
      body: {
        data: page.map((order) => orderResource(order, merchantId)),
        included: page.flatMap((order) => includedOf(order, includes, eanIn)),
        meta: { copyright: 'simulated', number_of_results: page.length },
        links: {
          ...(page.length === size ? { next: `/merchants/${merchantId}/orders?page[number]=${String(number + 1)}` } : {}),
        },
      },
    };
  };
}

/** All four bounds are exclusive. */
function within({ createdAt, modifiedAt }: ZalandoOrder, times: readonly number[]): boolean {
  const [createdAfter = NaN, createdBefore = NaN, updatedAfter = NaN, updatedBefore = NaN] = times;
  return !(createdAt <= createdAfter || createdAt >= createdBefore || modifiedAt <= updatedAfter || modifiedAt >= updatedBefore);
}

function by(sort: string): (one: ZalandoOrder, other: ZalandoOrder) => number {
  const sign = sort.startsWith('-') ? -1 : 1;
  const key = sort.endsWith('created_at') ? 'createdAt' : 'modifiedAt';
  return (one, other) => sign * (one[key] - other[key]) || (one.id < other.id ? -1 : 1);
}

function includedOf(order: ZalandoOrder, includes: ReadonlySet<string>, eanIn: OrderField): readonly unknown[] {
  const transitions = includes.has('order_lines.order_line_transitions');
  return order.items.flatMap((item) => [
    ...(includes.has('order_items') ? [itemResource(order, item, eanIn)] : []),
    ...(includes.has('order_lines') || transitions ? item.lines.map((line) => lineResource(order, item, line)) : []),
    ...(transitions ? item.lines.map(transitionResource).filter((one) => one !== undefined) : []),
  ]);
}
