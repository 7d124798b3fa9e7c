import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../../http/vendor-call.js';
import { invalid, notFound } from '../errors.js';
import type { WalmartGuard } from '../guard.js';
import { amountOf, each } from './quantity.js';
import { refusalOf, setFigure, type Writing } from './writing.js';

/** `/v3/inventory`: one SKU at one ship node. */
export function singleRoutes(writing: Writing, guard: WalmartGuard): readonly VendorRoute[] {
  return [
    guard.route({
      method: 'GET',
      path: '/v3/inventory',
      operation: 'getInventory',
      limit: 'getInventory',
      handle: ({ query }) => {
        const sku = query.get('sku') ?? '';
        const node = writing.stock.of(sku)?.nodes.get(query.get('shipNode') ?? writing.stock.firstNode);
        return node === undefined ? notFound(sku) : { status: 200, body: { sku, quantity: each(node.input) } };
      },
    }),
    guard.route({
      method: 'PUT',
      path: '/v3/inventory',
      operation: 'putInventory',
      limit: 'putInventory',
      handle: (call) => put(writing, call),
    }),
  ];
}

function put(writing: Writing, call: VendorCall): VendorAnswer {
  const sku = call.query.get('sku') ?? '';
  const shipNode = call.query.get('shipNode') ?? writing.stock.firstNode;
  const body = jsonOf(call);
  const amount = isRecord(body) ? amountOf(body['quantity']) : undefined;
  if (!isRecord(body) || body['sku'] !== sku) return invalid('sku', 'The SKU of the body is not that of the address.');
  if (amount === undefined) return invalid('quantity', 'The quantity must be a whole number of EACH.');
  if (!writing.stock.shipNodes.includes(shipNode)) return invalid('shipNode', `${shipNode} is no ship node of this seller.`);
  const refusal = refusalOf(writing, call, sku);
  if (refusal !== undefined) return refusal;
  setFigure(writing, call, sku, shipNode, amount);
  return { status: 200, body: { sku, quantity: each(amount) } };
}
