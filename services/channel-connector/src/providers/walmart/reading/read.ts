import { runInLanes } from '@holdfast/kit';
import type { Figure } from '../../figures.js';
import { isSegment } from '../../path-segment.js';
import type { KeptStockPage, ReadResult } from '../../read.js';
import { fieldsOf, listOf, textOf, wholeOf } from '../../reading.js';
import type { AccountVerdict } from '../../write.js';
import { verdictOf, type WalmartClient } from '../client.js';
import { figureOf } from './figures.js';

const LANES = 4;
const SKUS_PER_PAGE = 50;
const MOST_PAGES = 4_000;
/** From so many on, reading all pages takes fewer calls than asking for each SKU, in a shop of some thousands. */
const PAGES_FROM = 100;
/** Of a shop with more listings all pages are read once for each so many. */
export const READS_AT_ONCE = 10_000;
const KEPT_PER_PAGE = 300;

/** Figures of listings: one call each, or page by page where they are many, or where a call cannot name one. */
export function readFigures(client: WalmartClient, skus: readonly string[]): Promise<ReadResult> {
  return skus.length < PAGES_FROM && skus.every(isSegment) ? readOneByOne(client, skus) : readPages(client, new Set(skus));
}

async function readOneByOne(client: WalmartClient, skus: readonly string[]): Promise<ReadResult> {
  const { locations, settings } = client.account;
  const figures = new Map<string, Figure | null>();
  let account: AccountVerdict = { kind: 'ok' };
  await runInLanes(skus, { laneOf: (sku) => sku, lanes: LANES, window: 1 }, async (sku) => {
    if (account.kind !== 'ok') return;
    const reply = await client.call({ method: 'GET', path: `/v3/inventories/${encodeURIComponent(sku)}`, limit: 'get_inventories' });
    if (reply.kind === 'good') figures.set(sku, figureOf(reply.body, locations, settings));
    else if (reply.kind === 'refused' && reply.status === 404) figures.set(sku, null);
    else if (reply.kind !== 'refused') account = verdictOf(reply);
  });
  return { account, figures };
}

async function readPages(client: WalmartClient, wanted: ReadonlySet<string>): Promise<ReadResult> {
  const figures = new Map<string, Figure | null>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES && figures.size < wanted.size; page += 1) {
    const read = await inventoryPage(client, cursor);
    if ('account' in read) return { account: read.account, figures };
    for (const { sku, figure } of read.inventories) if (wanted.has(sku)) figures.set(sku, figure);
    cursor = read.next;
    if (cursor === null) break;
  }
  // Only a list that was read to its end says that a SKU is not in it.
  if (cursor === null) for (const sku of wanted) if (!figures.has(sku)) figures.set(sku, null);
  return { account: { kind: 'ok' }, figures };
}

export interface InventoryPage {
  readonly inventories: readonly { readonly sku: string; readonly figure: Figure }[];
  readonly next: string | null;
  readonly total: number | null;
}

/** A page of all SKUs with their figures. */
export async function inventoryPage(
  client: WalmartClient,
  cursor: string | null,
): Promise<InventoryPage | { readonly account: AccountVerdict }> {
  const after = cursor === null ? '' : `&nextCursor=${encodeURIComponent(cursor)}`;
  const reply = await client.call({
    method: 'GET',
    path: `/v3/inventories?limit=${String(SKUS_PER_PAGE)}${after}`,
    limit: 'list_inventories',
  });
  if (reply.kind !== 'good') return { account: verdictOf(reply) };
  const { locations, settings } = client.account;
  const body = fieldsOf(reply.body);
  const meta = fieldsOf(body['meta']);
  const rows = listOf(fieldsOf(body['elements'])['inventories']);
  const inventories = rows.flatMap((row) => {
    const sku = textOf(fieldsOf(row)['sku']);
    return sku === undefined ? [] : [{ sku, figure: figureOf(row, locations, settings) }];
  });
  const next = rows.length === 0 ? undefined : textOf(meta['nextCursor']);
  return { inventories, next: next ?? null, total: wholeOf(meta['totalCount']) ?? null };
}

/** Stock in Walmart's own warehouses. The cursor is the number of the first row. */
export async function keptStock(client: WalmartClient, cursor: string | null): Promise<KeptStockPage> {
  const offset = wholeOf(cursor ?? '0') ?? 0;
  const path = `/v3/fulfillment/inventory?limit=${String(KEPT_PER_PAGE)}&offset=${String(offset)}`;
  const reply = await client.call({ method: 'GET', path, limit: 'other' });
  if (reply.kind !== 'good') return { account: verdictOf(reply), figures: [], next: cursor };
  const body = fieldsOf(reply.body);
  const rows = listOf(fieldsOf(body['payload'])['inventory']).map(fieldsOf);
  const total = wholeOf(fieldsOf(body['headers'])['totalCount']) ?? 0;
  const figures = rows.flatMap((row) => {
    const sku = textOf(row['sku']);
    const onHand = listOf(row['shipNodes']).reduce<number>((all, node) => all + (wholeOf(fieldsOf(node)['onHandQty']) ?? 0), 0);
    return sku === undefined ? [] : [{ listingId: sku, sku, onHand }];
  });
  const following = offset + rows.length;
  return { account: { kind: 'ok' }, figures, next: rows.length > 0 && following < total ? String(following) : null };
}
