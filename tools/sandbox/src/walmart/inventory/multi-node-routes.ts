import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../../http/vendor-call.js';
import { entryError, invalid, notFound } from '../errors.js';
import type { WalmartGuard } from '../guard.js';
import { amountOf, each } from './quantity.js';
import { sellable, type SkuStock } from './stock.js';
import { refusalOf, setFigure, type Writing } from './writing.js';

const MOST_PER_PAGE = 50;

/** `/v3/inventories`: all ship nodes of a SKU, and all SKUs page by page. */
export function multiNodeRoutes(writing: Writing, guard: WalmartGuard): readonly VendorRoute[] {
  return [
    guard.route({
      method: 'GET',
      path: '/v3/inventories/:sku',
      operation: 'getInventories',
      limit: 'getInventories',
      handle: ({ params, query }) => {
        const stock = writing.stock.of(params['sku'] ?? '');
        return stock === undefined ? notFound(params['sku'] ?? '') : { status: 200, body: shown(stock, query.get('shipNode')) };
      },
    }),
    guard.route({
      method: 'PUT',
      path: '/v3/inventories/:sku',
      operation: 'putInventories',
      limit: 'putInventories',
      handle: (call) => put(writing, call),
    }),
    guard.route({
      method: 'GET',
      path: '/v3/inventories',
      operation: 'listInventories',
      limit: 'listInventories',
      handle: (call) => list(writing, call),
    }),
  ];
}

function put(writing: Writing, call: VendorCall): VendorAnswer {
  const sku = call.params['sku'] ?? '';
  const body = jsonOf(call);
  const inventories = isRecord(body) ? body['inventories'] : undefined;
  const given = isRecord(inventories) ? inventories['nodes'] : undefined;
  if (!Array.isArray(given) || given.length === 0) return invalid('inventories.nodes', 'At least one node is needed.');
  const refusal = refusalOf(writing, call, sku);
  if (refusal !== undefined) return refusal;
  const nodes = given.map((entry: unknown) => {
    const shipNode = isRecord(entry) && typeof entry['shipNode'] === 'string' ? entry['shipNode'] : '';
    const amount = isRecord(entry) ? amountOf(entry['inputQty']) : undefined;
    const known = writing.stock.shipNodes.includes(shipNode);
    if (known && amount !== undefined) {
      setFigure(writing, call, sku, shipNode, amount);
      return { shipNode, status: 'Success' };
    }
    const error = known
      ? entryError('INVALID_REQUEST_CONTENT', 'The quantity must be a whole number of EACH.', true)
      : entryError('INVALID_SHIP_NODE', `${shipNode} is no ship node of this seller.`, true);
    return { shipNode, status: 'Failed', errors: [error] };
  });
  return { status: 200, body: { sku, nodes } };
}

function list({ stock }: Writing, { query }: VendorCall): VendorAnswer {
  const limit = Number(query.get('limit') ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE) return invalid('limit', 'The limit must be 1 to 50.');
  const cursor = query.get('nextCursor');
  const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(from)) return invalid('nextCursor', 'The cursor is unknown.');
  const all = stock.all();
  const next = from + limit < all.length ? { nextCursor: Buffer.from(String(from + limit)).toString('base64url') } : {};
  const inventories = all.slice(from, from + limit).map((one) => shown(one, null));
  return { status: 200, body: { meta: { totalCount: all.length, ...next }, elements: { inventories } } };
}

const shown = ({ sku, nodes }: SkuStock, only: string | null) => ({
  sku,
  nodes: [...nodes]
    .filter(([shipNode]) => only === null || shipNode === only)
    .map(([shipNode, node]) => ({
      shipNode,
      inputQty: each(node.input),
      availToSellQty: each(sellable(node)),
      reservedQty: each(node.reserved),
    })),
});
