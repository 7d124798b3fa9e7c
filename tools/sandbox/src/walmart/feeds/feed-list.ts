import { randomBytes } from 'node:crypto';
import type { LaterEffects } from '../../effects/later-effects.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { WalmartStock } from '../inventory/stock.js';
import type { FeedEntry, FeedType } from './feed-file.js';

interface IngestionError {
  readonly type: 'DATA_ERROR' | 'SYSTEM_ERROR';
  readonly code: string;
  readonly description: string;
}

interface Feed {
  readonly feedId: string;
  readonly type: FeedType;
  readonly shipNode: string;
  readonly fileName: string;
  readonly entries: readonly FeedEntry[] | undefined;
  readonly submittedAt: number;
  readonly runsAt: number;
  readonly endsAt: number;
  /** By index; only where an entry failed. Known at the end. */
  readonly failures: Map<number, IngestionError>;
}

export interface FeedTimes {
  readonly queueMs: number;
  readonly runMs: number;
}

export interface NewFeed {
  readonly type: FeedType;
  readonly shipNode: string;
  readonly fileName: string;
  readonly entries: readonly FeedEntry[] | undefined;
  readonly lateMs?: number;
  readonly neverApplies?: boolean;
  readonly rejected?: { readonly skus: readonly string[]; readonly permanent: boolean };
}

/** Feeds of a seller: taken at once, worked on later. A figure of a feed replaces what was set by single calls meanwhile. */
export class FeedList {
  private readonly feeds = new Map<string, Feed>();

  constructor(
    private readonly stock: WalmartStock,
    private readonly later: LaterEffects,
    private readonly clock: SandboxClock,
    private readonly times: FeedTimes,
  ) {}

  submit({ type, shipNode, fileName, entries, lateMs = 0, neverApplies = false, rejected }: NewFeed): string {
    const now = this.clock.now();
    const runsAt = now + this.times.queueMs;
    const endsAt = runsAt + this.times.runMs + lateMs;
    const feedId = `${randomBytes(16).toString('hex').toUpperCase()}@AUoBAQA`;
    const feed: Feed = { feedId, type, shipNode, fileName, entries, submittedAt: now, runsAt, endsAt, failures: new Map() };
    this.feeds.set(feedId, feed);
    this.later.add(endsAt - now, () => this.run(feed, neverApplies, rejected));
    return feedId;
  }

  status(feedId: string, details: { readonly offset: number; readonly limit: number } | undefined): object | undefined {
    this.later.settle();
    const feed = this.feeds.get(feedId);
    return feed === undefined ? undefined : shown(feed, this.clock.now(), details);
  }

  newestFirst(): readonly object[] {
    this.later.settle();
    const now = this.clock.now();
    const byTime = [...this.feeds.values()].sort((one, other) => other.submittedAt - one.submittedAt);
    return byTime.map((feed) => ({ ...counts(feed, now), feedType: feed.type, feedDate: feed.submittedAt, fileName: feed.fileName }));
  }

  private run(feed: Feed, neverApplies: boolean, rejected: NewFeed['rejected']): void {
    for (const [index, { sku, nodes }] of (feed.entries ?? []).entries()) {
      const failure = this.failureOf(sku, nodes) ?? rejectionOf(sku, rejected);
      if (failure !== undefined) feed.failures.set(index, failure);
      else if (!neverApplies) for (const { shipNode, amount } of nodes) this.stock.set(sku, shipNode ?? feed.shipNode, amount ?? 0);
    }
  }

  private failureOf(sku: string, nodes: FeedEntry['nodes']): IngestionError | undefined {
    if (this.stock.of(sku) === undefined) return dataError('ERR_PDI_0001', `${sku} is not set up.`);
    if (nodes.length === 0 || nodes.some(({ amount }) => amount === undefined))
      return dataError('ERR_PDI_0034', 'The quantity is invalid.');
    if (nodes.some(({ shipNode }) => shipNode !== undefined && !this.stock.shipNodes.includes(shipNode)))
      return dataError('ERR_PDI_0034', 'The ship node is unknown.');
    return undefined;
  }
}

const dataError = (code: string, description: string): IngestionError => ({ type: 'DATA_ERROR', code, description });

function rejectionOf(sku: string, rejected: NewFeed['rejected']): IngestionError | undefined {
  if (rejected === undefined || !rejected.skus.includes(sku)) return undefined;
  if (rejected.permanent) return dataError('ERR_PDI_0034', `${sku} may not be changed.`);
  return { type: 'SYSTEM_ERROR', code: 'ERR_INT_SYS_0001', description: 'Internal error, send it again.' };
}

function shown(feed: Feed, now: number, details: { readonly offset: number; readonly limit: number } | undefined): object {
  const ended = now >= feed.endsAt;
  const failure = dataError('ERR_EXT_DATA_0001', 'The file is not of the form of its type.');
  return {
    ...counts(feed, now),
    ...(ended && feed.entries === undefined ? { ingestionErrors: { ingestionError: [failure] } } : {}),
    offset: details?.offset ?? 0,
    limit: details?.limit ?? 50,
    ...(details === undefined || now < feed.runsAt ? {} : { itemDetails: { itemIngestionStatus: page(feed, ended, details) } }),
  };
}

function counts(feed: Feed, now: number): object {
  const count = feed.entries?.length ?? 0;
  const ended = now >= feed.endsAt;
  const running = !ended && now >= feed.runsAt;
  const failed = ended ? feed.failures.size : 0;
  return {
    feedId: feed.feedId,
    feedStatus: ended ? (feed.entries === undefined ? 'ERROR' : 'PROCESSED') : running ? 'INPROGRESS' : 'RECEIVED',
    itemsReceived: running || ended ? count : 0,
    itemsSucceeded: ended ? count - failed : 0,
    itemsFailed: failed,
    itemsProcessing: running ? count : 0,
  };
}

function page(feed: Feed, ended: boolean, { offset, limit }: { readonly offset: number; readonly limit: number }): readonly object[] {
  return (feed.entries ?? []).slice(offset, offset + limit).map(({ sku }, at) => {
    const failure = feed.failures.get(offset + at);
    return {
      martId: 0,
      sku,
      index: offset + at,
      ingestionStatus: !ended ? 'INPROGRESS' : (failure?.type ?? 'SUCCESS'),
      ...(ended && failure !== undefined ? { ingestionErrors: { ingestionError: [failure] } } : {}),
    };
  });
}
