import { callFault } from '../../http/vendor-server.js';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall } from '../../http/vendor-call.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonAccount } from '../account.js';
import { invalidInput, notFound } from '../answers.js';
import type { Operation } from '../operations.js';
import type { FeedDocuments } from './documents.js';
import type { Feed } from './feed.js';
import type { FeedFaults } from './feed-work.js';
import type { Feeds } from './feeds.js';

const BASE = '/feeds/2021-06-30';
const iso = (at: number): string => new Date(at).toISOString();

export interface FeedRoutesOptions {
  readonly account: AmazonAccount;
  readonly feeds: Feeds;
  readonly documents: FeedDocuments;
  readonly clock: SandboxClock;
  /** Takes the order to end the next feed as FATAL after so many messages. */
  readonly takeFatal: () => number | undefined;
  readonly checkFeed: (document: unknown) => void;
}

/** Operations of the Feeds API. */
export function feedOperations({ account, feeds, documents, clock, takeFatal, checkFeed }: FeedRoutesOptions): readonly Operation[] {
  function createDocument(call: VendorCall): VendorAnswer {
    const body = jsonOf(call);
    if (!isRecord(body) || typeof body['contentType'] !== 'string') return invalidInput("'contentType' is required");
    const { id, url } = documents.create(body['contentType']);
    return { status: 201, body: { feedDocumentId: id, url } };
  }

  function createFeed(call: VendorCall): VendorAnswer {
    const body = jsonOf(call);
    if (!isRecord(body)) return invalidInput('the body is no JSON object');
    const { feedType, marketplaceIds, inputFeedDocumentId } = body;
    if (typeof feedType !== 'string') return invalidInput("'feedType' is required");
    if (!Array.isArray(marketplaceIds) || marketplaceIds.length === 0 || marketplaceIds.length > 25)
      return invalidInput("'marketplaceIds' must name 1 to 25 marketplaces");
    if (!marketplaceIds.every((id) => account.marketplaceIds.includes(String(id))))
      return invalidInput('the account has no such marketplace');
    const document = documents.find(String(inputFeedDocumentId));
    if (document === undefined) return invalidInput("'inputFeedDocumentId' names no document");
    if (document.content !== undefined) checkFeed(jsonOf({ ...call, body: document.content }));
    const { faults, lateMs } = faultsOf(call, takeFatal());
    const feed = feeds.create(feedType, marketplaceIds.map(String), document.id, clock.now(), faults, lateMs);
    return { status: 202, body: { feedId: feed.id } };
  }

  function getFeed({ params }: VendorCall): VendorAnswer {
    const feed = feeds.find(params['feedId'] ?? '');
    return feed === undefined ? notFound('no such feed') : { status: 200, body: shown(feed) };
  }

  function getDocument({ params }: VendorCall): VendorAnswer {
    const document = documents.find(params['feedDocumentId'] ?? '');
    if (document === undefined) return notFound('no such document');
    const url = documents.grant(document.id);
    return { status: 200, body: { feedDocumentId: document.id, url, ...(document.compressed ? { compressionAlgorithm: 'GZIP' } : {}) } };
  }

  return [
    { name: 'createFeedDocument', method: 'POST', path: `${BASE}/documents`, handle: createDocument },
    { name: 'createFeed', method: 'POST', path: `${BASE}/feeds`, handle: createFeed },
    { name: 'getFeed', method: 'GET', path: `${BASE}/feeds/:feedId`, handle: getFeed },
    { name: 'getFeedDocument', method: 'GET', path: `${BASE}/documents/:feedDocumentId`, handle: getDocument },
  ];
}

function faultsOf(call: VendorCall, fatalAfter: number | undefined): { readonly faults: FeedFaults; readonly lateMs: number } {
  const fault = callFault(call);
  return {
    lateMs: fault?.kind === 'apply_late' ? fault.ms : 0,
    faults: {
      rejected: new Set(fault?.kind === 'reject_listings' ? fault.listingIds : []),
      rejectedForGood: fault?.kind === 'reject_listings' && fault.permanent,
      neverApplies: fault?.kind === 'never_apply',
      fatalAfter,
    },
  };
}

const shown = (feed: Feed): Readonly<Record<string, unknown>> => ({
  feedId: feed.id,
  feedType: feed.type,
  marketplaceIds: feed.marketplaceIds,
  createdTime: iso(feed.createdAt),
  processingStatus: feed.status,
  ...(feed.startedAt === undefined ? {} : { processingStartTime: iso(feed.startedAt) }),
  ...(feed.endedAt === undefined ? {} : { processingEndTime: iso(feed.endedAt) }),
  ...(feed.resultDocumentId === undefined ? {} : { resultFeedDocumentId: feed.resultDocumentId }),
});
