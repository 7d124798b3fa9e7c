import { fieldsOf, listOf, timeOf, wholeOf } from '../reading.js';
import type { LimitShape, ReportedLimit } from '../tools.js';
import type { EbaySettings } from './settings.js';

const DAY_MS = 86_400_000;
const CALLS_PER_DAY = 2_000_000;
const THROTTLED_MS = 60_000;
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** The only limit that eBay documents beside that of a listing: the app's calls in a day. */
export const CALLS = 'calls';

export const limits = ({ callsPerDay }: EbaySettings): readonly LimitShape[] => [
  { kind: 'window', name: CALLS, most: callsPerDay ?? CALLS_PER_DAY, windowMs: DAY_MS },
];

/** How long to wait after a 429: eBay documents no header, so a minute where there is none. */
export function pauseAfter(headers: Readonly<Record<string, string>>): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * SECOND_MS : THROTTLED_MS;
}

/** What `user_rate_limit` says is left of the Inventory API's calls. */
export function reportOf(body: unknown, now: number): readonly ReportedLimit[] {
  const api = listOf(fieldsOf(body)['rateLimits'])
    .map(fieldsOf)
    .find(({ apiName }) => String(apiName).toLowerCase() === 'inventory');
  const rates = listOf(api?.['resources']).flatMap((resource) => listOf(fieldsOf(resource)['rates']).map(fieldsOf));
  return rates.flatMap(({ remaining, reset }) => {
    const left = wholeOf(remaining);
    if (left === undefined) return [];
    const resetsAt = timeOf(reset);
    const closed = left === 0 && resetsAt !== undefined && resetsAt > now && resetsAt < now + DAY_MS + HOUR_MS;
    return [{ limit: CALLS, remaining: left, ...(closed ? { notBefore: resetsAt } : {}) }];
  });
}
