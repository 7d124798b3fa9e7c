import type { Memo } from '../../figures.js';
import type { Backlog } from '../../provider.js';
import type { ProviderTools } from '../../tools.js';
import type { AccountVerdict, ListingWrite, Outcome, WriteResult } from '../../write.js';
import { verdictOf, type SellingPartnerApi } from '../api.js';
import { MOST_MESSAGES, submitFeed } from './feeds.js';
import { isKept, keptSays } from '../reading/items.js';
import { lookUp } from '../reading/lookup.js';
import { FORGOTTEN, memoOf, remembered } from './memo.js';
import { patchEach, type Change } from './patching.js';
import { feedReference } from './references.js';
import { feedFromOf, type AmazonSettings } from '../settings.js';

/** Changes of one write: two seconds of the rate, so that what becomes urgent meanwhile waits no longer. */
const PATCHED_S = 2;
const MOST_PATCHED = 100;
const patchBatch = (api: SellingPartnerApi): number => Math.min(MOST_PATCHED, Math.ceil(api.perSecond('patchListingsItem') * PATCHED_S));
/** Urgent changes that go ahead of a feed, one by one; more of them are quicker in the feed. */
const MOST_AHEAD = 50;
const FEED_CHECK_MS = 10_000;
/** Nothing is wrong: the rest of the write goes on in small parts, or waits for a feed. */
const NO_FEED: Outcome = { kind: 'deferred', says: 'five feeds were created within five minutes', retryAfterMs: 1 };

/** Until when no feed can be created. An account that is opened anew learns it again. */
export class FeedPause {
  until = 0;
}
const FEED_PAUSE_MS = 60_000;

/** Listings read together where nothing is to be written: five calls of twenty. */
const READ_BATCH = 100;

/** A feed where so much waits that it is sooner done than change after change. */
export function batchOf(api: SellingPartnerApi, settings: AmazonSettings, { due }: Backlog, pause: FeedPause, now: number): number {
  if (due === 0) return READ_BATCH;
  return due >= feedFromOf(settings) && pause.until <= now ? Math.min(due, MOST_MESSAGES) : patchBatch(api);
}

/** Writes figures: few by changes of single listings, many by a feed. */
export async function write(
  api: SellingPartnerApi,
  settings: AmazonSettings,
  tools: ProviderTools,
  pause: FeedPause,
  listings: readonly ListingWrite[],
): Promise<WriteResult> {
  const { account, changes, outcomes, memos } = await prepared(api, settings, tools, listings);
  if (account.kind !== 'ok' && changes.length === 0) return { account, outcomes, memos };

  const patchedMost = patchBatch(api);
  const byFeed = listings.length > patchedMost && changes.length > patchedMost && account.kind === 'ok';
  const feedNow = byFeed && (await tools.budget.left('createFeed', { urgent: true })) >= 1;
  if (byFeed && !feedNow) pause.until = tools.now() + FEED_PAUSE_MS;
  const ahead = feedNow ? changes.filter(({ listing }) => listing.urgent).slice(0, MOST_AHEAD) : changes.slice(0, patchedMost);
  const patched = await patchEach(api, settings, tools, ahead);
  for (const [listingId, outcome] of patched.outcomes) {
    outcomes.set(listingId, outcome);
    if (outcome.kind === 'rejected_permanent') memos.set(listingId, FORGOTTEN);
  }
  if (account.kind !== 'ok') return { account, outcomes, memos };
  if (patched.account.kind !== 'ok') return { account: patched.account, outcomes, memos };
  const rest = changes.filter((change) => !ahead.includes(change));
  if (rest.length === 0) return { account, outcomes, memos };
  if (!feedNow) {
    for (const { listing } of rest) outcomes.set(listing.listingId, NO_FEED);
    return { account, outcomes, memos };
  }
  return { account: await feed(rest), outcomes, memos };

  async function feed(fed: readonly Change[]): Promise<AccountVerdict> {
    const lines = fed.map(({ listing, productType }) => ({ sku: listing.listingId, productType, quantity: listing.quantity }));
    const submitted = await submitFeed(api, tools.http, settings, lines);
    if (submitted.kind === 'failed') {
      const lost: Outcome = { kind: 'unknown', says: 'Amazon did not answer whether it took the feed' };
      if (submitted.effect) for (const { sku } of lines) outcomes.set(sku, lost);
      return verdictOf(submitted.failure);
    }
    const accepted: Outcome = {
      kind: 'accepted',
      reference: feedReference(submitted.feedId),
      checkAfterMs: FEED_CHECK_MS,
      exclusive: true,
    };
    for (const { sku } of lines) outcomes.set(sku, accepted);
    return { kind: 'ok' };
  }
}

interface Prepared {
  readonly account: AccountVerdict;
  readonly changes: readonly Change[];
  readonly outcomes: Map<string, Outcome>;
  readonly memos: Map<string, Memo>;
}

/** Finds the product type of each listing, which every change must name, and holds back what must not be changed. */
async function prepared(
  api: SellingPartnerApi,
  settings: AmazonSettings,
  tools: ProviderTools,
  listings: readonly ListingWrite[],
): Promise<Prepared> {
  const now = tools.now();
  const outcomes = new Map<string, Outcome>();
  const memos = new Map<string, Memo>();
  const known = new Map<string, string>();
  for (const { listingId, memo } of listings) {
    const productType = settings.productType ?? remembered(memo, now)?.productType;
    if (productType !== undefined) known.set(listingId, productType);
  }
  const unknown = listings.filter(({ listingId }) => !known.has(listingId));
  const urgent = unknown.some((listing) => listing.urgent);
  const found = await lookUp(
    api,
    settings,
    unknown.map(({ listingId }) => listingId),
    urgent,
  );
  for (const [sku, item] of found.items) {
    if (item === null)
      outcomes.set(sku, { kind: 'rejected_permanent', code: 'not_found', says: `Amazon knows no listing with the SKU ${sku}` });
    else if (isKept(item)) outcomes.set(sku, { kind: 'rejected_permanent', code: 'kept_by_amazon', says: keptSays(item) });
    else if (item.productType === undefined)
      outcomes.set(sku, { kind: 'rejected_permanent', code: 'no_product_type', says: 'Amazon shows no product type of this listing' });
    else {
      known.set(sku, item.productType);
      memos.set(sku, memoOf(item, now));
    }
  }
  const changes = listings.flatMap((listing) => {
    const productType = known.get(listing.listingId);
    return productType === undefined ? [] : [{ listing, productType }];
  });
  return { account: found.account, changes, outcomes, memos };
}
