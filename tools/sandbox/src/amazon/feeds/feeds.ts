import type { AmazonAccount } from '../account.js';
import type { LaterEffects } from '../../effects/later-effects.js';
import type { AmazonIds } from '../ids.js';
import type { AmazonShop } from '../shop/shop.js';
import type { FeedDocuments } from './documents.js';
import { isUnderWay, type Feed } from './feed.js';
import { messagesOf } from './feed-content.js';
import { workOn, type FeedFaults } from './feed-work.js';

/** How long a feed takes, in milliseconds of the simulator's clock. */
export interface FeedPace {
  readonly queuedMs: number;
  readonly workMs: number;
  readonly compressedReports: boolean;
}

export interface FeedsOptions extends FeedPace {
  readonly account: AmazonAccount;
  readonly shop: AmazonShop;
  readonly documents: FeedDocuments;
  readonly effects: LaterEffects;
  readonly ids: AmazonIds;
  readonly takesCatchAll: boolean;
  readonly finished: (feed: Feed, at: number) => void;
  readonly checkReport: (report: unknown) => void;
}

export const LISTINGS_FEED = 'JSON_LISTINGS_FEED';
const NO_SKUS: ReadonlySet<string> = new Set();

/** Feeds on their way from the queue to a report. */
export class Feeds {
  private readonly byId = new Map<string, Feed>();

  constructor(private readonly options: FeedsOptions) {}

  find(feedId: string): Feed | undefined {
    return this.byId.get(feedId);
  }

  /** A feed that will change this SKU and has not ended. */
  underWayFor(sku: string): Feed | undefined {
    return [...this.byId.values()].find((feed) => isUnderWay(feed) && feed.skus.has(sku));
  }

  create(type: string, marketplaceIds: readonly string[], documentId: string, createdAt: number, faults: FeedFaults, lateMs: number): Feed {
    const { effects, ids, queuedMs, workMs } = this.options;
    const feed: Feed = {
      id: ids.digits(12),
      type,
      marketplaceIds,
      documentId,
      createdAt,
      status: 'IN_QUEUE',
      startedAt: undefined,
      endedAt: undefined,
      resultDocumentId: undefined,
      skus: this.skusOf(documentId),
    };
    this.byId.set(feed.id, feed);
    effects.add(queuedMs + lateMs, (at) => {
      if (feed.status !== 'IN_QUEUE') return;
      feed.status = 'IN_PROGRESS';
      feed.startedAt = at;
    });
    effects.add(queuedMs + lateMs + workMs, (at) => this.end(feed, faults, at));
    return feed;
  }

  private end(feed: Feed, faults: FeedFaults, at: number): void {
    if (feed.status !== 'IN_PROGRESS') return;
    const { account, documents, finished, checkReport, compressedReports } = this.options;
    const content = documents.find(feed.documentId)?.content;
    // The older feeds of prices and stock ended on 2025-07-31; they are taken and end as FATAL.
    const messages = feed.type === LISTINGS_FEED && content !== undefined ? messagesOf(content, account.sellerId) : undefined;
    const worked = messages?.slice(0, faults.fatalAfter ?? messages.length);
    const report = worked === undefined ? undefined : workOn(feed, worked, this.options, faults, at);
    feed.endedAt = at;
    feed.status = report === undefined || faults.fatalAfter !== undefined ? 'FATAL' : 'DONE';
    if (report !== undefined && feed.status === 'DONE') {
      checkReport(JSON.parse(report));
      feed.resultDocumentId = documents.keep(report, compressedReports);
    }
    finished(feed, at);
  }

  private skusOf(documentId: string): ReadonlySet<string> {
    const content = this.options.documents.find(documentId)?.content;
    const messages = content === undefined ? undefined : messagesOf(content, this.options.account.sellerId);
    return messages === undefined ? NO_SKUS : new Set(messages.map(({ sku }) => sku));
  }
}
