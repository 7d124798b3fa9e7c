import { fieldsOf, listOf, textOf, wholeOf } from '../../reading.js';
import type { AccountVerdict, Outcome, PendingWrite, WriteResult } from '../../write.js';
import { verdictOf, type WalmartClient, type WalmartReply } from '../client.js';
import { errorOf } from '../errors.js';
import { type FeedReference, feedReference, readReference } from './feed-reference.js';

const DETAILS_PER_PAGE = 50;
const MOST_PAGES = 400;
const NAMES_PER_PAGE = 50;
const NAME_PAGES = 4;
const AGAIN_MS = 20_000;
/** A feed that is not listed by then was never taken. */
const LISTED_AFTER_MS = 300_000;
/** A feed that runs longer is taken for lost. */
const LONGEST_MS = 12 * 3_600_000;
const RETRY_MS = 60_000;

type Fields = Readonly<Record<string, unknown>>;

interface Answer {
  readonly account?: AccountVerdict;
  /** The same for all listings of the feed. */
  readonly outcome?: Outcome;
  /** By SKU, where they differ. */
  readonly bySku?: ReadonlyMap<string, Outcome>;
}

/**
 * Asks what became of the feeds that listings wait for. The report of a feed that ended does not change: it is kept, because thousands of listings
 * are confirmed some hundreds at a time.
 */
export class FeedConfirmation {
  private report: { readonly feedId: string; readonly bySku: ReadonlyMap<string, Outcome> } | undefined;

  constructor(private readonly client: WalmartClient) {}

  async confirm(pending: readonly PendingWrite[]): Promise<WriteResult> {
    const outcomes = new Map<string, Outcome>();
    for (const reference of new Set(pending.map((one) => one.reference))) {
      const { account, outcome, bySku } = await this.ask(reference);
      if (account !== undefined) return { account, outcomes };
      for (const one of pending)
        if (one.reference === reference) outcomes.set(one.listingId, bySku?.get(one.listingId) ?? outcome ?? missing(one.listingId));
    }
    return { account: { kind: 'ok' }, outcomes };
  }

  private async ask(reference: string): Promise<Answer> {
    const { client } = this;
    const read = readReference(reference);
    if (read === undefined) return { outcome: retry('feed_unknown', `${reference} names no feed`) };
    const feed = read.kind === 'id' ? read : await findByName(client, read);
    if ('account' in feed || 'outcome' in feed) return feed;
    if (this.report?.feedId === feed.feedId) return { bySku: this.report.bySku };
    const reply = await client.call({ method: 'GET', path: feedPath(feed.feedId, ''), limit: 'feed_status' });
    if (reply.kind === 'refused' && reply.status === 404) return { outcome: retry('feed_unknown', 'Walmart knows the feed no more') };
    if (reply.kind !== 'good') return { account: verdictOf(reply) };
    return this.readStatus(feed, fieldsOf(reply.body));
  }

  private readStatus(feed: FeedReference & { kind: 'id' }, body: Fields): Promise<Answer> | Answer {
    const status = textOf(body['feedStatus']);
    if (status === 'ERROR') return { outcome: retry('feed_error', `Walmart could not read the feed: ${ingestionError(body)}`) };
    if (status === 'PROCESSED') return wholeOf(body['itemsFailed']) === 0 ? { outcome: { kind: 'applied' } } : this.readReport(feed.feedId);
    if (this.client.tools.now() - feed.sentAt > LONGEST_MS) return { outcome: retry('feed_stuck', 'the feed has not ended for hours') };
    return { outcome: open(feedReference(feed.feedId, feed.sentAt)) };
  }

  /** What became of each item, page by page. Listings that the report leaves out are read back. */
  private async readReport(feedId: string): Promise<Answer> {
    const bySku = new Map<string, Outcome>();
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = `?includeDetails=true&limit=${String(DETAILS_PER_PAGE)}&offset=${String(page * DETAILS_PER_PAGE)}`;
      const reply = await this.client.call({ method: 'GET', path: feedPath(feedId, query), limit: 'feed_status' });
      if (reply.kind !== 'good') return { account: verdictOf(reply) };
      const items = listOf(fieldsOf(fieldsOf(reply.body)['itemDetails'])['itemIngestionStatus']).map(fieldsOf);
      for (const item of items) bySku.set(String(item['sku']), outcomeOfItem(item));
      if (items.length < DETAILS_PER_PAGE) break;
    }
    this.report = { feedId, bySku };
    return { bySku };
  }
}

function outcomeOfItem(item: Fields): Outcome {
  const status = textOf(item['ingestionStatus']) ?? '';
  if (status === 'SUCCESS') return { kind: 'applied' };
  const says = ingestionError(item);
  if (status === 'DATA_ERROR') return { kind: 'rejected_permanent', code: 'feed_data_error', says };
  return retry(`feed_${status.toLowerCase()}`, says);
}

/** A feed whose answer was lost is found by its file's name; one that is never listed was not taken. */
async function findByName(
  client: WalmartClient,
  { fileName, sentAt }: FeedReference & { kind: 'name' },
): Promise<(FeedReference & { kind: 'id' }) | { readonly account: AccountVerdict } | { readonly outcome: Outcome }> {
  for (let page = 0; page < NAME_PAGES; page += 1) {
    const path = `/v3/feeds?limit=${String(NAMES_PER_PAGE)}&offset=${String(page * NAMES_PER_PAGE)}`;
    const reply: WalmartReply = await client.call({ method: 'GET', path, limit: 'feed_status' });
    if (reply.kind !== 'good') return { account: verdictOf(reply) };
    const feeds = listOf(fieldsOf(fieldsOf(reply.body)['results'])['feed']).map(fieldsOf);
    const feedId = textOf(feeds.find((feed) => feed['fileName'] === fileName)?.['feedId']);
    if (feedId !== undefined) return { kind: 'id', feedId, sentAt };
    if (feeds.length < NAMES_PER_PAGE) break;
  }
  const waited = client.tools.now() - sentAt > LISTED_AFTER_MS;
  return {
    outcome: waited
      ? retry('feed_lost', 'Walmart lists no feed of this name: it was not taken')
      : open(`file ${String(sentAt)} ${fileName}`),
  };
}

const feedPath = (feedId: string, query: string): string => `/v3/feeds/${encodeURIComponent(feedId)}${query}`;

function ingestionError(holder: Fields): string {
  const error = fieldsOf(listOf(fieldsOf(holder['ingestionErrors'])['ingestionError'])[0]);
  const { says } = errorOf({ errors: [error] });
  return says;
}

const open = (reference: string): Outcome => ({ kind: 'accepted', reference, checkAfterMs: AGAIN_MS, exclusive: true });
const retry = (code: string, says: string): Outcome => ({ kind: 'rejected_retryable', code, says, retryAfterMs: RETRY_MS });
const missing = (listingId: string): Outcome => ({ kind: 'unknown', says: `the feed's report says nothing of ${listingId}` });
