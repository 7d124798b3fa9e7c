import type { VendorRoute } from '../../http/vendor-call.js';
import { invalid } from '../errors.js';
import type { WalmartGuard } from '../guard.js';
import type { WalmartStock } from './stock.js';

/** Items, ship nodes, and stock that Walmart keeps. Items and ship nodes are not among the documents checked against. */
export function catalogueRoutes(stock: WalmartStock, guard: WalmartGuard): readonly VendorRoute[] {
  return [
    guard.route({
      method: 'GET',
      path: '/v3/items',
      operation: 'getItems',
      limit: 'other',
      handle: ({ query }) => {
        const limit = Number(query.get('limit') ?? 20);
        const cursor = query.get('nextCursor') ?? '*';
        const from = cursor === '*' ? 0 : Number(cursor);
        if (!Number.isInteger(limit) || limit < 1 || limit > 50 || !Number.isInteger(from))
          return invalid('limit', 'The limit must be 1 to 50.');
        const all = stock.all();
        const ItemResponse = all.slice(from, from + limit).map(({ sku, title, barcode, itemId }) => ({
          mart: 'WALMART_US',
          sku,
          wpid: itemId,
          ...(barcode === null ? {} : { gtin: barcode.padStart(14, '0') }),
          productName: title,
          lifecycleStatus: 'ACTIVE',
          publishedStatus: 'PUBLISHED',
        }));
        const next = from + limit < all.length ? { nextCursor: String(from + limit) } : {};
        return { status: 200, body: { ItemResponse, totalItems: all.length, ...next } };
      },
    }),
    guard.route({
      method: 'GET',
      path: '/v3/settings/shipping/shipnodes',
      operation: 'getShipNodes',
      limit: 'other',
      handle: () => ({
        status: 200,
        body: stock.shipNodes.map((shipNode) => ({ shipNode, shipNodeName: `Node ${shipNode}`, nodeType: 'PHYSICAL', status: 'ACTIVE' })),
      }),
    }),
    guard.route({
      method: 'GET',
      path: '/v3/fulfillment/inventory',
      operation: 'getWfsInventory',
      limit: 'other',
      handle: ({ query }) => {
        const limit = Number(query.get('limit') ?? 10);
        const offset = Number(query.get('offset') ?? 0);
        if (!Number.isInteger(limit) || limit < 1 || limit > 300 || !Number.isInteger(offset))
          return invalid('limit', 'The limit must be 1 to 300.');
        const inventory = [...stock.kept].slice(offset, offset + limit).map(([sku, quantity]) => ({
          sku,
          shipNodes: [{ shipNodeType: 'WFSFulfilled', availToSellQty: quantity, onHandQty: quantity }],
        }));
        return { status: 200, body: { headers: { totalCount: stock.kept.size, limit, offset }, payload: { inventory } } };
      },
    }),
  ];
}
