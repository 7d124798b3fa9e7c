import type { Check, FoundListing, ListingPage } from '../../read.js';
import { fieldsOf, listOf, textOf, wholeOf } from '../../reading.js';
import type { AccountVerdict } from '../../write.js';
import { verdictOf, type WalmartClient } from '../client.js';
import { inventoryPage } from './read.js';

const ITEMS_PER_PAGE = 50;
const ITEMS = 'items ';
const INVENTORIES = 'inventories ';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A page of the seller's items with title and barcode. Where the key may not read items, the stock list gives SKUs and figures alone.
 * @param cursor names the list that it belongs to
 */
export async function listItems(client: WalmartClient, cursor: string | null): Promise<ListingPage> {
  if (cursor?.startsWith(INVENTORIES) === true) return inventoryListings(client, cursor, cursor.slice(INVENTORIES.length));
  const after = cursor?.startsWith(ITEMS) === true ? cursor.slice(ITEMS.length) : '*';
  const path = `/v3/items?limit=${String(ITEMS_PER_PAGE)}&nextCursor=${encodeURIComponent(after)}`;
  const reply = await client.call({ method: 'GET', path, limit: 'other' });
  const refused = reply.kind === 'refused' || (reply.kind === 'stopped' && reply.account.kind === 'unauthorized');
  if (refused && cursor === null) return inventoryListings(client, null, null);
  if (reply.kind !== 'good') return { account: verdictOf(reply), listings: [], next: cursor, total: null };
  const body = fieldsOf(reply.body);
  const items = listOf(body['ItemResponse']).map(fieldsOf);
  const next = items.length === 0 ? undefined : textOf(body['nextCursor']);
  return {
    account: { kind: 'ok' },
    listings: items.flatMap(foundItem),
    next: next === undefined ? null : `${ITEMS}${next}`,
    total: wholeOf(body['totalItems']) ?? null,
  };
}

async function inventoryListings(client: WalmartClient, cursor: string | null, after: string | null): Promise<ListingPage> {
  const page = await inventoryPage(client, after);
  if ('account' in page) return { account: page.account, listings: [], next: cursor, total: null };
  const listings = page.inventories.map(({ sku, figure }) => ({ listingId: sku, sku, barcode: null, title: null, figure, says: null }));
  return { account: { kind: 'ok' }, listings, next: page.next === null ? null : `${INVENTORIES}${page.next}`, total: page.total };
}

function foundItem(item: Fields): readonly FoundListing[] {
  const sku = textOf(item['sku']);
  if (sku === undefined) return [];
  const lifecycle = textOf(item['lifecycleStatus']) ?? 'ACTIVE';
  const published = textOf(item['publishedStatus']) ?? 'PUBLISHED';
  return [
    {
      listingId: sku,
      sku,
      barcode: barcodeOf(item),
      title: textOf(item['productName']) ?? null,
      figure: null,
      says:
        lifecycle !== 'ACTIVE'
          ? `the item is ${lifecycle.toLowerCase()}`
          : published !== 'PUBLISHED'
            ? `the item is ${published.toLowerCase()}`
            : null,
    },
  ];
}

/** Walmart fills a GTIN up to 14 digits; shops know the shorter one. */
function barcodeOf(item: Fields): string | null {
  const code = textOf(item['upc']) ?? textOf(item['gtin']);
  if (code === undefined || !/^\d{8,14}$/.test(code)) return null;
  return code.length === 14 ? code.replace(/^0/, '') : code;
}

/** Whether the account can be used, in words. */
export async function checkAccount(client: WalmartClient): Promise<readonly Check[]> {
  const token = await client.tools.tokens.current();
  if ('account' in token) {
    const says = 'says' in token.account ? token.account.says : 'no token';
    const reachable = token.account.kind === 'unauthorized';
    return [
      { name: 'reachable', ok: reachable, says: reachable ? 'Walmart answers' : says },
      { name: 'token', ok: false, says },
    ];
  }
  const reply = await client.call({ method: 'GET', path: '/v3/token/detail', limit: 'other' });
  const good = reply.kind === 'good';
  const refused = reply.kind === 'stopped' && reply.account.kind === 'unauthorized';
  const says = good ? '' : wordsOf(verdictOf(reply));
  return [
    { name: 'reachable', ok: good || refused, says: good || refused ? 'Walmart answers' : says },
    { name: 'token', ok: good, says: good ? 'Walmart gave an access token and takes it' : says },
    ...(reply.kind === 'good' ? [scopesCheck(fieldsOf(fieldsOf(reply.body)['scopes'])), await locationsCheck(client)] : []),
  ];
}

const NEEDED = ['inventory', 'feeds', 'orders', 'returns'] as const;

function scopesCheck(scopes: Fields): Check {
  const writes = new Set<string>(['inventory', 'feeds']);
  const lacking = NEEDED.filter((name) => scopes[name] !== 'full_access' && (writes.has(name) || scopes[name] !== 'view_only'));
  if (lacking.length === 0) return { name: 'scopes', ok: true, says: 'stock may be set, and orders and returns read' };
  return { name: 'scopes', ok: false, says: `the key lacks access to ${lacking.join(', ')}; grant it in Walmart's developer portal` };
}

async function locationsCheck(client: WalmartClient): Promise<Check> {
  const mapped = [...new Set(client.account.locations.map(({ remoteId }) => remoteId))];
  if (mapped.length === 0)
    return { name: 'locations', ok: true, says: "no ship node is mapped: figures are set at the seller's default one" };
  const reply = await client.call({ method: 'GET', path: '/v3/settings/shipping/shipnodes', limit: 'other' });
  if (reply.kind !== 'good')
    return { name: 'locations', ok: true, says: `the ship nodes could not be looked up: ${wordsOf(verdictOf(reply))}` };
  const known = new Set(listOf(reply.body).flatMap((node) => textOf(fieldsOf(node)['shipNode']) ?? []));
  const unknown = mapped.filter((remoteId) => !known.has(remoteId));
  if (unknown.length === 0) return { name: 'locations', ok: true, says: `Walmart knows all ${String(mapped.length)} ship nodes` };
  return { name: 'locations', ok: false, says: `Walmart knows no ship node ${unknown.join(', ')}; it knows ${[...known].join(', ')}` };
}

const wordsOf = (verdict: AccountVerdict): string => ('says' in verdict ? verdict.says : '');
