import { runInLanes } from '@holdfast/kit';
import type { Figure } from '../figures.js';
import { fieldsOf, listOf, textOf, wholeOf } from '../reading.js';
import type { Check, FoundListing, ListingPage, ReadResult } from '../read.js';
import type { AccountVerdict } from '../write.js';
import { type EbayClient, type EbayReply, errorOf } from './client.js';
import { type Offer, offersOf } from './writing/offers.js';

const ITEMS_PER_READ = 25;
const ITEMS_PER_PAGE = 50;
const LOOKUPS = 5;
const RETRY_MS = 5_000;
const BASE = '/sell/inventory/v1';

/**
 * What shoppers see: the lesser of the item's and the offer's quantity, and nothing where no offer is live. eBay has one figure; where the channel
 * maps one place, it is that place's.
 */
function shownBy({ account }: EbayClient, item: number, offers: readonly Offer[]): Figure {
  const live = offers.filter((offer) => offer.live).map(({ availableQuantity }) => Math.min(item, availableQuantity ?? item));
  const quantity = Math.max(0, ...live);
  const [only, another] = [...new Set(account.locations.map(({ remoteId }) => remoteId))];
  return { quantity, parts: only === undefined || another !== undefined ? [] : [{ remoteId: only, quantity }] };
}

/** Figures of listings as shoppers see them. */
export async function readFigures(client: EbayClient, skus: readonly string[]): Promise<ReadResult> {
  const figures = new Map<string, Figure | null>();
  for (let at = 0; at < skus.length; at += ITEMS_PER_READ) {
    const body = { requests: skus.slice(at, at + ITEMS_PER_READ).map((sku) => ({ sku })) };
    const reply = await client.call({ method: 'POST', path: `${BASE}/bulk_get_inventory_item`, body });
    if (reply.kind !== 'answered' || reply.status > 299) return { account: verdictOf(reply), figures };
    const items = new Map<string, number>();
    for (const entry of listOf(fieldsOf(reply.body)['responses']).map(fieldsOf)) {
      const sku = textOf(entry['sku']);
      if (sku === undefined) continue;
      if (entry['statusCode'] === 404 || errorOf(entry).id === 25702) figures.set(sku, null);
      else if (entry['statusCode'] === 200) items.set(sku, quantityOf(fieldsOf(entry['inventoryItem'])));
    }
    const account = await addFigures(client, items, figures);
    if (account.kind !== 'ok') return { account, figures };
  }
  return { account: { kind: 'ok' }, figures };
}

async function addFigures(
  client: EbayClient,
  items: ReadonlyMap<string, number>,
  figures: Map<string, Figure | null>,
): Promise<AccountVerdict> {
  const { offers, account } = await offersOfAll(client, [...items.keys()]);
  for (const [sku, found] of offers) figures.set(sku, shownBy(client, items.get(sku) ?? 0, found));
  return account;
}

async function offersOfAll(client: EbayClient, skus: readonly string[]) {
  const offers = new Map<string, readonly Offer[]>();
  let account: AccountVerdict = { kind: 'ok' };
  await runInLanes(skus, { laneOf: (sku) => sku, lanes: LOOKUPS, window: 1 }, async (sku) => {
    if (account.kind !== 'ok') return;
    const found = await offersOf(client, sku, false);
    if ('offers' in found) offers.set(sku, found.offers);
    else account = verdictOf(found.reply);
  });
  return { offers, account };
}

const quantityOf = (item: Readonly<Record<string, unknown>>): number =>
  wholeOf(fieldsOf(fieldsOf(item['availability'])['shipToLocationAvailability'])['quantity']) ?? 0;

/** A page of the seller's items with their offers. The cursor is the number of the page: eBay counts pages here. */
export async function listItems(client: EbayClient, cursor: string | null): Promise<ListingPage> {
  const page = wholeOf(cursor ?? '0') ?? 0;
  const reply = await client.call({ method: 'GET', path: `${BASE}/inventory_item?limit=${String(ITEMS_PER_PAGE)}&offset=${String(page)}` });
  if (reply.kind !== 'answered' || reply.status > 299) return { account: verdictOf(reply), listings: [], next: cursor, total: null };
  const body = fieldsOf(reply.body);
  const items = listOf(body['inventoryItems']).map(fieldsOf);
  const { offers, account } = await offersOfAll(
    client,
    items.flatMap(({ sku }) => textOf(sku) ?? []),
  );
  if (account.kind !== 'ok') return { account, listings: [], next: cursor, total: null };
  const hasMore = textOf(body['next']) !== undefined;
  return {
    account,
    listings: items.flatMap((item) => foundListing(client, item, offers)),
    next: hasMore ? String(page + 1) : null,
    total: wholeOf(body['total']) ?? null,
  };
}

function foundListing(
  client: EbayClient,
  item: Readonly<Record<string, unknown>>,
  offers: ReadonlyMap<string, readonly Offer[]>,
): readonly FoundListing[] {
  const sku = textOf(item['sku']);
  if (sku === undefined) return [];
  const product = fieldsOf(item['product']);
  const codes = [...listOf(product['ean']), ...listOf(product['upc']), ...listOf(product['isbn'])].flatMap((code) => textOf(code) ?? []);
  const ofSku = offers.get(sku) ?? [];
  const { marketplaceId } = client.account.settings;
  return [
    {
      listingId: sku,
      sku,
      // A product without a number carries a text that says so.
      barcode: codes.find((code) => /^\d{8,14}$/.test(code)) ?? null,
      title: textOf(product['title']) ?? null,
      figure: shownBy(client, quantityOf(item), ofSku),
      says:
        ofSku.length === 0
          ? `it has no fixed-price offer on ${marketplaceId}`
          : ofSku.some(({ live }) => live)
            ? null
            : 'its offer is not published',
      memo: { offerIds: ofSku.filter(({ live }) => live).map(({ offerId }) => offerId) },
    },
  ];
}

/** What an answer that is no success says of the account. */
export function verdictOf(reply: EbayReply): AccountVerdict {
  if (reply.kind === 'stopped') return reply.account;
  const says = reply.kind === 'lost' ? reply.says : `eBay refused the call: ${errorOf(reply.body).says}`;
  return { kind: 'failed', says, retryAfterMs: RETRY_MS };
}

/** Whether the account can be used, in words. */
export async function checkAccount(client: EbayClient): Promise<readonly Check[]> {
  const token = await client.tools.tokens.current();
  if ('account' in token) {
    const reachable = token.account.kind === 'unauthorized';
    const says = 'says' in token.account ? token.account.says : 'no token';
    return [
      { name: 'reachable', ok: reachable, says: reachable ? 'eBay answers' : says },
      { name: 'token', ok: false, says },
    ];
  }
  const stock = await client.call({ method: 'GET', path: `${BASE}/inventory_item?limit=1` });
  const orders = await client.call({ method: 'GET', path: '/sell/fulfillment/v1/order?limit=1' });
  const faults = [stock, orders].filter(({ kind }) => kind !== 'answered').map(verdictOf);
  const broken = faults.find(({ kind }) => kind !== 'unauthorized');
  const refused = faults.find(({ kind }) => kind === 'unauthorized');
  const words = (verdict: AccountVerdict): string => ('says' in verdict ? verdict.says : '');
  return [
    { name: 'reachable', ok: broken === undefined, says: broken === undefined ? 'eBay answers' : words(broken) },
    { name: 'token', ok: true, says: 'eBay gave an access token for the refresh token' },
    {
      name: 'scopes',
      ok: refused === undefined,
      says: refused === undefined ? 'stock may be read, and orders too' : words(refused),
    },
    locationsCheck(client),
  ];
}

function locationsCheck({ account }: EbayClient): Check {
  const mapped = new Set(account.locations.map(({ remoteId }) => remoteId)).size;
  if (mapped <= 1) return { name: 'locations', ok: true, says: 'a listing at eBay has one figure, so locations need no counterpart' };
  const says = `a listing at eBay has one figure, but ${String(mapped)} places are mapped: map all locations to one, or none`;
  return { name: 'locations', ok: false, says };
}
