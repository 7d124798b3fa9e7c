import type { SandboxClock } from '../../sandbox-clock.js';

/** Calls of one operation per pair of account and application. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Rates of the usage plans in Amazon's models of August 2026. Where the model and the page on listings differ (getListingsItem), the lower burst.
 * createFeed: the rate for JSON_LISTINGS_FEED, five in five minutes.
 */
export const RATES = {
  patchListingsItem: { perSecond: 5, burst: 5 },
  getListingsItem: { perSecond: 5, burst: 5 },
  searchListingsItems: { perSecond: 5, burst: 5 },
  createFeed: { perSecond: 5 / 300, burst: 5 },
  createFeedDocument: { perSecond: 0.5, burst: 15 },
  getFeed: { perSecond: 2, burst: 15 },
  getFeedDocument: { perSecond: 0.0222, burst: 10 },
  getInventorySummaries: { perSecond: 2, burst: 2 },
  searchOrders: { perSecond: 0.0056, burst: 20 },
  getOrder: { perSecond: 0.5, burst: 30 },
} as const satisfies Readonly<Record<string, Rate>>;

export type LimitedOperation = keyof typeof RATES;

interface Bucket {
  tokens: number;
  at: number;
}

/** One bucket per operation, filled by the clock. */
export class TokenBuckets {
  private readonly buckets = new Map<LimitedOperation, Bucket>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly limited: boolean,
  ) {}

  /** What answers of the operation say of its rate. */
  perSecond(operation: LimitedOperation): number {
    return this.limited ? RATES[operation].perSecond : UNLIMITED_PER_SECOND;
  }

  /** Takes one call; false where the bucket is empty. */
  take(operation: LimitedOperation): boolean {
    if (!this.limited) return true;
    const { perSecond, burst } = RATES[operation];
    const now = this.clock.now();
    const bucket = this.buckets.get(operation) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    this.buckets.set(operation, bucket);
    if (bucket.tokens < 1 - EPSILON) return false;
    bucket.tokens -= 1;
    return true;
  }
}

/** Told where the rates are raised out of reach. */
const UNLIMITED_PER_SECOND = 10_000;
/** Sums of fractions of a token miss the whole by a rounding error. */
const EPSILON = 1e-9;
