import type { Figure } from '../../figures.js';
import type { KeptStockPage, ListingPage, ReadResult } from '../../read.js';
import { fieldsOf, jsonOf, listOf, textOf, wholeOf } from '../../reading.js';
import { verdictOf, type SellingPartnerApi } from '../api.js';
import { foundListing, isKept, itemOf } from './items.js';
import { lookUp, pathOf } from './lookup.js';
import type { AmazonSettings } from '../settings.js';

/** Figures of the merchant's own stock. A listing whose stock Amazon keeps has none of those and is left out. */
export async function read(api: SellingPartnerApi, settings: AmazonSettings, listingIds: readonly string[]): Promise<ReadResult> {
  const { account, items } = await lookUp(api, settings, listingIds);
  const figures = new Map<string, Figure | null>();
  for (const [sku, item] of items) {
    if (item === null) figures.set(sku, null);
    else if (!isKept(item)) figures.set(sku, { quantity: item.quantity ?? 0, parts: [] });
  }
  return { account, figures };
}

/** Where paging through all listings stands. A search shows only so many results: after those a new one begins at the time of the last listing. */
interface ListCursor {
  readonly createdAfter: string | null;
  readonly token: string | null;
  readonly seen: number;
}

const PAGE = 20;

export async function list(api: SellingPartnerApi, settings: AmazonSettings, cursor: string | null): Promise<ListingPage> {
  const at = listCursorOf(cursor);
  const result = await api.call('searchListingsItems', {
    method: 'GET',
    path: pathOf(settings),
    query: {
      marketplaceIds: settings.marketplaceIds.join(','),
      includedData: 'summaries,attributes,fulfillmentAvailability',
      sortBy: 'createdDate',
      sortOrder: 'ASC',
      pageSize: String(PAGE),
      ...(at.createdAfter === null ? {} : { createdAfter: at.createdAfter }),
      ...(at.token === null ? {} : { pageToken: at.token }),
    },
  });
  if (result.kind !== 'ok') return { account: verdictOf(result), listings: [], next: cursor, total: null };
  const body = fieldsOf(result.body);
  const items = listOf(body['items']).flatMap((one) => itemOf(one, settings) ?? []);
  const total = wholeOf(body['numberOfResults']) ?? 0;
  const seen = at.seen + items.length;
  const token = textOf(fieldsOf(body['pagination'])['nextToken']);
  const last = items.at(-1)?.createdAt;
  const page = { listings: items.map(foundListing), total: at.createdAfter === null ? total : null };
  if (token !== undefined) return { ...page, account: { kind: 'ok' }, next: JSON.stringify({ ...at, token, seen }) };
  if (seen >= total) return { ...page, account: { kind: 'ok' }, next: null };
  if (last === undefined || last === at.createdAfter) {
    const says = `Amazon shows ${String(seen)} of ${String(total)} listings made at ${String(last)} and no way to the others`;
    return { ...page, account: { kind: 'failed', says, retryAfterMs: 60_000 }, next: cursor };
  }
  return { ...page, account: { kind: 'ok' }, next: JSON.stringify({ createdAfter: last, token: null, seen: 0 }) };
}

function listCursorOf(cursor: string | null): ListCursor {
  const fields = fieldsOf(cursor === null ? undefined : jsonOf(Buffer.from(cursor)));
  return {
    createdAfter: textOf(fields['createdAfter']) ?? null,
    token: textOf(fields['token']) ?? null,
    seen: wholeOf(fields['seen']) ?? 0,
  };
}

/** Stock in Amazon's warehouses, of the first marketplace: within a region the others show the same units. */
export async function keptStock(api: SellingPartnerApi, settings: AmazonSettings, cursor: string | null): Promise<KeptStockPage> {
  const marketplaceId = settings.marketplaceIds[0] ?? '';
  const result = await api.call('getInventorySummaries', {
    method: 'GET',
    path: '/fba/inventory/v1/summaries',
    query: {
      details: 'true',
      granularityType: 'Marketplace',
      granularityId: marketplaceId,
      marketplaceIds: marketplaceId,
      ...(cursor === null ? {} : { nextToken: cursor }),
    },
  });
  // The token of a page lives for 30 seconds: a walk that was interrupted begins again.
  if (result.kind === 'refused' && cursor !== null)
    return { account: { kind: 'failed', says: result.says, retryAfterMs: 1_000 }, figures: [], next: null };
  if (result.kind !== 'ok') return { account: verdictOf(result), figures: [], next: cursor };
  const body = fieldsOf(result.body);
  const figures = listOf(fieldsOf(body['payload'])['inventorySummaries']).flatMap((one) => {
    const summary = fieldsOf(one);
    const sku = textOf(summary['sellerSku']);
    const onHand = wholeOf(fieldsOf(summary['inventoryDetails'])['fulfillableQuantity']);
    return sku === undefined || onHand === undefined ? [] : [{ listingId: sku, sku, onHand }];
  });
  return { account: { kind: 'ok' }, figures, next: textOf(fieldsOf(body['pagination'])['nextToken']) ?? null };
}
