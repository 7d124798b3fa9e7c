import type { LimitShape, ReportedLimit } from '../tools.js';

/**
 * Rates of Amazon's usage plans, per account and application (models of August 2026). Bursts of the fast operations are one below Amazon's, because calls
 * do not arrive as evenly as they are sent. createFeed has the rate of JSON_LISTINGS_FEED: five in five minutes.
 */
export const RATES = {
  patchListingsItem: { perSecond: 5, burst: 4 },
  getListingsItem: { perSecond: 5, burst: 4 },
  searchListingsItems: { perSecond: 5, burst: 4 },
  createFeed: { perSecond: 5 / 300, burst: 5 },
  createFeedDocument: { perSecond: 0.5, burst: 14 },
  getFeed: { perSecond: 2, burst: 14 },
  getFeedDocument: { perSecond: 0.0222, burst: 10 },
  getInventorySummaries: { perSecond: 2, burst: 2 },
  searchOrders: { perSecond: 0.0056, burst: 20 },
} as const;

export type Operation = keyof typeof RATES;

export const LIMITS: readonly LimitShape[] = Object.entries(RATES).map(([name, rate]) => ({ kind: 'bucket', name, ...rate }));

const TOO_MANY = 429;

/** What an answer says of its operation's limit. A refusal may lack the rate. */
export function limitsOf(
  operation: Operation,
  status: number,
  headers: Readonly<Record<string, string>>,
  now: number,
): readonly ReportedLimit[] {
  const told = Number(headers['x-amzn-ratelimit-limit']);
  const known = RATES[operation].perSecond;
  // The feed type's own rate is not the one that the header tells.
  const perSecond = operation !== 'createFeed' && Number.isFinite(told) && told > 0 ? told : known;
  const changed = perSecond === known ? {} : { perSecond };
  if (status === TOO_MANY) return [{ limit: operation, ...changed, remaining: 0, notBefore: now + Math.ceil(1_000 / perSecond) }];
  return perSecond === known ? [] : [{ limit: operation, perSecond }];
}
