import type { Backlog } from '../../provider.js';
import type { ListingWrite, WriteResult } from '../../write.js';
import type { WalmartClient } from '../client.js';
import { callsPerSecond } from '../limits.js';
import { writeAsFeeds } from './feeds.js';
import { writeOneByOne } from './single-writes.js';

/** Single writes of one round: about six seconds of the limit, so that a zero never waits longer for a place. */
const ONE_BY_ONE_S = 6;
const MOST_ONE_BY_ONE = 100;
/** Urgent listings that go one by one before a feed: half a minute of the limit. */
const URGENT_FIRST = 100;
const FEED_FROM = 400;
const FEED_MOST = 10_000;
const FEED_PAUSE_MS = 30_000;

/** Chooses between single calls and a feed. A feed carries thousands, but a shopper may buy for minutes before it is applied. */
export class WalmartPush {
  private noFeedBefore = 0;

  constructor(private readonly client: WalmartClient) {}

  batch({ due, urgent }: Backlog): number {
    const waiting = due - urgent;
    return waiting >= this.feedFrom && this.client.tools.now() >= this.noFeedBefore ? FEED_MOST : this.oneByOne;
  }

  /** In a large write what is urgent goes one by one, and first. */
  async write(listings: readonly ListingWrite[]): Promise<WriteResult> {
    if (listings.length <= this.oneByOne) return writeOneByOne(this.client, listings);
    const urgent = listings.filter((write) => write.urgent);
    const first = await writeOneByOne(this.client, urgent.slice(0, URGENT_FIRST));
    if (first.account.kind !== 'ok') return first;
    // More zeros than the limit lets through soon are no faster one by one than in a feed.
    const rest = [...urgent.slice(URGENT_FIRST), ...listings.filter((write) => !write.urgent)];
    const second = await this.feed(rest);
    return { account: second.account, outcomes: new Map([...first.outcomes, ...second.outcomes]) };
  }

  private async feed(listings: readonly ListingWrite[]): Promise<WriteResult> {
    const limit = listings.some(({ parts }) => parts.length > 0) ? 'feed_mp_inventory' : 'feed_inventory';
    if ((await this.client.tools.budget.left(limit)) >= 1) return writeAsFeeds(this.client, listings);
    // No feed is left for now: single calls go on, rather than waiting for the next.
    this.noFeedBefore = this.client.tools.now() + FEED_PAUSE_MS;
    const some = await writeOneByOne(this.client, listings.slice(0, this.oneByOne));
    if (some.account.kind !== 'ok') return some;
    return { ...some, account: { kind: 'narrow', says: 'no feed may be sent yet, single calls go on' } };
  }

  private get oneByOne(): number {
    return Math.min(MOST_ONE_BY_ONE, Math.ceil(callsPerSecond(this.client.account.settings) * ONE_BY_ONE_S));
  }

  private get feedFrom(): number {
    return this.client.account.settings.feedFrom ?? FEED_FROM;
  }
}
