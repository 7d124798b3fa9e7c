import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../../http/vendor-call.js';
import { SCOPES } from '../account.js';
import { invalidValue, refused, skuNotFound, userError } from '../errors.js';
import type { EbayGuard } from '../guard.js';
import { REVISIONS_PER_DAY, SKU_MAX_LENGTH } from '../options.js';
import { links, pagingOf } from './paging.js';
import type { Item, Shop } from './shop.js';

const BASE = '/sell/inventory/v1';
const SKUS_PER_READ = 25;
const READ = [SCOPES.inventory, SCOPES.inventoryRead];

/** Reading and replacing inventory items. */
export function itemRoutes(shop: Shop, guard: EbayGuard): readonly VendorRoute[] {
  return [
    guard.route({
      method: 'POST',
      path: `${BASE}/bulk_get_inventory_item`,
      operation: 'bulkGetInventoryItem',
      scopes: READ,
      handle: (call) => readMany(shop, call),
    }),
    guard.route({
      method: 'GET',
      path: `${BASE}/inventory_item`,
      operation: 'getInventoryItems',
      scopes: READ,
      handle: (call) => list(shop, call),
    }),
    guard.route({
      method: 'GET',
      path: `${BASE}/inventory_item/:sku`,
      operation: 'getInventoryItem',
      scopes: READ,
      handle: ({ params }) => {
        const item = shop.items.get(params['sku'] ?? '');
        return item === undefined ? refused(404, skuNotFound(params['sku'] ?? '')) : { status: 200, body: shownItem(item) };
      },
    }),
    guard.route({
      method: 'PUT',
      path: `${BASE}/inventory_item/:sku`,
      operation: 'createOrReplaceInventoryItem',
      scopes: [SCOPES.inventory],
      needsLanguage: true,
      handle: (call) => replace(shop, call),
    }),
  ];
}

function readMany(shop: Shop, call: VendorCall): VendorAnswer {
  const body = jsonOf(call);
  const requests = isRecord(body) ? body['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0) return refused(400, invalidValue('requests'));
  if (requests.length > SKUS_PER_READ)
    return refused(400, { ...invalidValue('requests'), errorId: 25727, message: 'The number of InventoryItems cannot exceed 25.' });
  const skus = requests.map((entry: unknown) => (isRecord(entry) && typeof entry['sku'] === 'string' ? entry['sku'] : ''));
  if (new Set(skus).size < skus.length)
    return refused(400, { ...invalidValue('sku'), errorId: 25734, message: 'SKU should be unique in the request.' });
  const responses = skus.map((sku) => {
    const item = shop.items.get(sku);
    return item === undefined
      ? { statusCode: 404, sku, errors: [skuNotFound(sku)], warnings: [] }
      : { statusCode: 200, sku, inventoryItem: shownItem(item), errors: [], warnings: [] };
  });
  return { status: responses.every(({ statusCode }) => statusCode === 200) ? 200 : 207, body: { responses } };
}

/** Here `offset` is the number of a page, not of a record. */
function list(shop: Shop, { query }: VendorCall): VendorAnswer {
  const paging = pagingOf(query, 25, 200);
  if ('status' in paging) return paging;
  const { limit, offset } = paging;
  const all = [...shop.items.values()];
  const inventoryItems = all.slice(offset * limit, (offset + 1) * limit).map(shownItem);
  const size = Math.ceil(all.length / limit);
  const more = links(`${BASE}/inventory_item`, paging, 1, offset + 1 < size);
  return { status: 200, body: { ...more, total: all.length, size, limit, inventoryItems } };
}

/** Everything that the body leaves out is gone. */
function replace(shop: Shop, call: VendorCall): VendorAnswer {
  const sku = call.params['sku'] ?? '';
  const body = jsonOf(call);
  if (!isRecord(body) || sku.length > SKU_MAX_LENGTH) return refused(400, invalidValue('body'));
  const { availability, ...details } = body;
  const container = isRecord(availability) ? availability['shipToLocationAvailability'] : undefined;
  const quantity = isRecord(container) ? container['quantity'] : undefined;
  if (quantity !== undefined && (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 0))
    return refused(400, invalidValue('quantity'));
  const live = shop.offersOf(sku).filter((offer) => shop.isLive(offer));
  if (live.some(({ listingId }) => !shop.revisions.left(listingId)))
    return refused(400, userError(`The listing was revised ${String(REVISIONS_PER_DAY)} times today.`));
  for (const { listingId } of live) shop.revisions.note(listingId);
  const known = shop.items.get(sku);
  shop.items.set(sku, { sku, quantity, details });
  shop.settle(sku);
  return known === undefined ? { status: 201, body: { warnings: [] } } : { status: 204 };
}

const shownItem = ({ sku, quantity, details }: Item): Readonly<Record<string, unknown>> => ({
  sku,
  ...details,
  availability: { shipToLocationAvailability: quantity === undefined ? {} : { quantity } },
});
