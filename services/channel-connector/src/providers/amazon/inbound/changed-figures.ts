import type { ChannelEvent } from '../../inbound.js';
import { fieldsOf, listOf, textOf } from '../../reading.js';
import type { AccountVerdict } from '../../write.js';
import { verdictOf, type SellingPartnerApi } from '../api.js';
import { isKept, itemOf, type Item } from '../reading/items.js';
import { pathOf } from '../reading/lookup.js';
import type { AmazonSettings } from '../settings.js';

/** Where the search for changed listings stands, epoch milliseconds. */
export interface FigureCursor {
  /** Listings changed since then are to be read. */
  readonly since: number;
  /** When this search began; the next one goes on there. */
  readonly began: number;
  /** When it was asked last. */
  readonly askedAt: number;
  readonly token: string | null;
}

export interface ChangedFigures {
  readonly account: AccountVerdict;
  readonly events: readonly ChannelEvent[];
  readonly cursor: FigureCursor;
  readonly more: boolean;
}

const PAGE = 20;
/** Searches learn of changes late, and clocks differ: so much is read again. */
const OVERLAP_MS = 60_000;
/** Polls come once a minute. */
const EVERY_MS = 50_000;

/** What was shown before the first search is none of an edit's. */
export const figuresFrom = (now: number): FigureCursor => ({ since: now, began: now, askedAt: 0, token: null });

/** As it is stored with the cursor of the poll. */
export function figureCursorOf(stored: unknown): FigureCursor | undefined {
  const { since, began, askedAt, token } = fieldsOf(stored);
  if (typeof since !== 'number' || typeof began !== 'number' || typeof askedAt !== 'number') return undefined;
  return { since, began, askedAt, token: textOf(token) ?? null };
}

export const figuresAreDue = ({ token, askedAt }: FigureCursor, now: number): boolean => token !== null || now - askedAt >= EVERY_MS;

/** A page of listings that changed, oldest change first, with their figures. Most searches find nothing and take one call. */
export async function changedFigures(
  api: SellingPartnerApi,
  settings: AmazonSettings,
  cursor: FigureCursor,
  now: number,
): Promise<ChangedFigures> {
  const { since, token } = cursor;
  const began = token === null ? now : cursor.began;
  const result = await api.call('searchListingsItems', {
    method: 'GET',
    path: pathOf(settings),
    query: {
      marketplaceIds: settings.marketplaceIds.join(','),
      includedData: 'summaries,fulfillmentAvailability',
      lastUpdatedAfter: new Date(since).toISOString(),
      sortBy: 'lastUpdatedDate',
      sortOrder: 'ASC',
      pageSize: String(PAGE),
      ...(token === null ? {} : { pageToken: token }),
    },
  });
  const asked = { ...cursor, began, askedAt: now };
  // The token of a page may be too old: the search begins again where it began.
  if (result.kind === 'refused' && token !== null)
    return { account: { kind: 'ok' }, events: [], cursor: { ...asked, token: null }, more: false };
  if (result.kind !== 'ok') return { account: verdictOf(result), events: [], cursor: asked, more: false };
  const body = fieldsOf(result.body);
  const items = listOf(body['items']).flatMap((one) => itemOf(one, settings) ?? []);
  const page = { account: { kind: 'ok' } as const, events: items.flatMap((item) => figureOf(item, now)) };
  const next = textOf(fieldsOf(body['pagination'])['nextToken']);
  if (next !== undefined) return { ...page, cursor: { ...asked, token: next }, more: true };
  // A search shows only so many results: where its last page is full, another one begins at the last change.
  const last = Date.parse(items.at(-1)?.updatedAt ?? '');
  if (items.length === PAGE && last > since) return { ...page, cursor: { ...asked, since: last, token: null }, more: true };
  return { ...page, cursor: { ...asked, since: Math.max(since, began - OVERLAP_MS), token: null }, more: false };
}

function figureOf(item: Item, now: number): readonly ChannelEvent[] {
  if (item.quantity === undefined || isKept(item)) return [];
  const changedAt = Date.parse(item.updatedAt ?? '');
  const at = Number.isFinite(changedAt) ? changedAt : now;
  return [{ kind: 'figure', listingId: item.sku, at, figure: { quantity: item.quantity, parts: [] }, partial: false }];
}
