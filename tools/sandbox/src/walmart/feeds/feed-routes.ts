import type { VendorAnswer, VendorCall, VendorRoute } from '../../http/vendor-call.js';
import { callFault } from '../../http/vendor-server.js';
import { invalid, notFound, tooLarge } from '../errors.js';
import type { WalmartGuard } from '../guard.js';
import type { WalmartStock } from '../inventory/stock.js';
import { feedEntries, type FeedType, uploadedFile } from './feed-file.js';
import type { FeedList } from './feed-list.js';

const MEBIBYTE = 1_048_576;
const MOST_BYTES: Readonly<Record<FeedType, number>> = { inventory: 10 * MEBIBYTE, MP_INVENTORY: MEBIBYTE };
const MOST_DETAILS = 50;

export interface FeedRouteParts {
  readonly stock: WalmartStock;
  readonly feeds: FeedList;
  readonly guard: WalmartGuard;
}

/** Uploading a feed, and asking what became of it. */
export function feedRoutes({ stock, feeds, guard }: FeedRouteParts): readonly VendorRoute[] {
  return [
    guard.route({
      method: 'POST',
      path: '/v3/feeds',
      operation: 'postFeed',
      limit: ({ query }) => (query.get('feedType') === 'MP_INVENTORY' ? 'feedMpInventory' : 'feedInventory'),
      handle: (call) => submit(stock, feeds, call),
    }),
    guard.route({
      method: 'GET',
      path: '/v3/feeds',
      operation: 'getFeeds',
      limit: 'feedStatus',
      handle: ({ query }) => {
        const limit = Number(query.get('limit') ?? MOST_DETAILS);
        const offset = Number(query.get('offset') ?? 0);
        if (!Number.isInteger(limit) || limit < 1 || limit > MOST_DETAILS) return invalid('limit', 'The limit must be 1 to 50.');
        const all = feeds.newestFirst();
        return { status: 200, body: { totalResults: all.length, offset, limit, results: { feed: all.slice(offset, offset + limit) } } };
      },
    }),
    guard.route({
      method: 'GET',
      path: '/v3/feeds/:feedId',
      operation: 'getFeed',
      limit: 'feedStatus',
      handle: (call) => status(feeds, call),
    }),
  ];
}

async function submit(stock: WalmartStock, feeds: FeedList, call: VendorCall): Promise<VendorAnswer> {
  const type = call.query.get('feedType');
  if (type !== 'inventory' && type !== 'MP_INVENTORY') return invalid('feedType', 'The feed type must be inventory or MP_INVENTORY.');
  const file = await uploadedFile(call);
  if (file === undefined) return invalid('file', 'A multipart form with a part of the name file is needed.');
  if (file.content.length > MOST_BYTES[type]) return tooLarge();
  const shipNode = call.query.get('shipNode') ?? stock.firstNode;
  if (!stock.shipNodes.includes(shipNode)) return invalid('shipNode', `${shipNode} is no ship node of this seller.`);
  const fault = callFault(call);
  const feedId = feeds.submit({
    type,
    shipNode,
    fileName: file.name,
    entries: feedEntries(type, file.content),
    ...(fault?.kind === 'apply_late' ? { lateMs: fault.ms } : {}),
    neverApplies: fault?.kind === 'never_apply',
    ...(fault?.kind === 'reject_listings' ? { rejected: { skus: fault.listingIds, permanent: fault.permanent } } : {}),
  });
  return { status: 200, body: { feedId } };
}

function status(feeds: FeedList, { params, query }: VendorCall): VendorAnswer {
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? MOST_DETAILS);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_DETAILS) return invalid('limit', 'The limit must be 1 to 50.');
  if (!Number.isInteger(offset) || offset < 0) return invalid('offset', 'The offset must be 0 or more.');
  const shown = feeds.status(params['feedId'] ?? '', query.get('includeDetails') === 'true' ? { offset, limit } : undefined);
  return shown === undefined ? notFound(params['feedId'] ?? '') : { status: 200, body: shown };
}
