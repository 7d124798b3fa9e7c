import type { VendorRoute } from '../http/vendor-call.js';
import { API_SCOPE, SCOPES } from './account.js';
import type { DailyQuota, EbayGuard } from './guard.js';

const DAY_SECONDS = 86_400;

/** What is left of the day's calls, for the app and for its user. */
export function analyticsRoutes(guard: EbayGuard, quota: DailyQuota): readonly VendorRoute[] {
  const answer = (query: URLSearchParams) => {
    const wanted = query.get('api_name') ?? 'inventory';
    if (wanted !== 'inventory') return { status: 204 };
    const count = quota.count();
    const rate = {
      count,
      limit: quota.limit,
      remaining: Math.max(0, quota.limit - count),
      reset: new Date(quota.resetsAt()).toISOString(),
      timeWindow: DAY_SECONDS,
    };
    const resources = [{ name: 'sell.inventory', rates: [rate] }];
    return { status: 200, body: { rateLimits: [{ apiContext: 'sell', apiName: 'inventory', apiVersion: 'v1', resources }] } };
  };
  const BASE = '/developer/analytics/v1_beta';
  return [
    guard.route({
      method: 'GET',
      path: `${BASE}/rate_limit/`,
      operation: 'getRateLimits',
      scopes: [API_SCOPE],
      handle: ({ query }) => answer(query),
    }),
    guard.route({
      method: 'GET',
      path: `${BASE}/user_rate_limit/`,
      operation: 'getUserRateLimits',
      scopes: Object.values(SCOPES),
      handle: ({ query }) => answer(query),
    }),
  ];
}
