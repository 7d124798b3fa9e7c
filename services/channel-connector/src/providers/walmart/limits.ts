import { timeOf, wholeOf } from '../reading.js';
import type { LimitShape, ReportedLimit } from '../tools.js';
import type { WalmartSettings } from './settings.js';

const CALLS_PER_MINUTE = 200;
const FEEDS_PER_HOUR = 50;
const SINGLE_NODE_FEEDS_PER_HOUR = 10;
const MINUTE = 60;
const HOUR = 3_600;
const SECOND_MS = 1_000;
const PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

export type WalmartLimit =
  | 'get_inventory'
  | 'put_inventory'
  | 'get_inventories'
  | 'put_inventories'
  | 'list_inventories'
  | 'feed_inventory'
  | 'feed_mp_inventory'
  | 'feed_status'
  | 'orders'
  | 'other';

/**
 * A bucket that never gives more than `most` in any stretch of the length: what it holds and what flows in meanwhile together. So it stays inside
 * whether Walmart refills steadily or all at once.
 */
const inside = (name: WalmartLimit, most: number, seconds: number, share = 0.03): LimitShape => {
  const burst = Math.max(1, Math.floor(most * share));
  return { kind: 'bucket', name, perSecond: Math.max(1, most - burst) / seconds, burst };
};

export const callsPerSecond = ({ callsPerMinute = CALLS_PER_MINUTE }: WalmartSettings): number => callsPerMinute / MINUTE;

/** Each API has a limit of its own. The last one is of calls whose limit is not published. */
export function limits({ callsPerMinute = CALLS_PER_MINUTE, feedsPerHour = FEEDS_PER_HOUR }: WalmartSettings): readonly LimitShape[] {
  return [
    inside('get_inventory', callsPerMinute, MINUTE),
    inside('put_inventory', callsPerMinute, MINUTE),
    inside('get_inventories', callsPerMinute, MINUTE),
    inside('put_inventories', callsPerMinute, MINUTE),
    inside('list_inventories', callsPerMinute, MINUTE),
    inside('feed_inventory', SINGLE_NODE_FEEDS_PER_HOUR, HOUR, 0.2),
    inside('feed_mp_inventory', feedsPerHour, HOUR, 0.1),
    inside('feed_status', 5_000, MINUTE),
    inside('orders', 5_000, MINUTE),
    inside('other', MINUTE, MINUTE, 0.1),
  ];
}

/** What an answer says of the limit of its call: calls left, and when there are new ones. */
export function reportOf(limit: WalmartLimit, headers: Readonly<Record<string, string>>, now: number, throttled: boolean): ReportedLimit {
  const remaining = wholeOf(headers['x-current-token-count']);
  const left = throttled ? 0 : remaining;
  return {
    limit,
    ...(left === undefined ? {} : { remaining: left }),
    ...(left === 0 ? { notBefore: now + pauseOf(headers, now) } : {}),
  };
}

/** Milliseconds until calls are taken again. Documents write the header in two ways, and its time as a number or as a date. */
export function pauseOf(headers: Readonly<Record<string, string>>, now: number): number {
  const seconds = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && Number.isFinite(seconds) && seconds >= 0) return bounded(seconds * SECOND_MS);
  const given = headers['x-next-replenish-time'] ?? headers['x-next-replenishment-time'];
  const number = Number(given);
  const at =
    given === undefined || given === ''
      ? undefined
      : timeOf(Number.isFinite(number) ? (number < 1e11 ? number * SECOND_MS : number) : given);
  return at === undefined ? PAUSE_MS : bounded(at - now);
}

const bounded = (ms: number): number => Math.min(LONGEST_PAUSE_MS, Math.max(SECOND_MS, ms));
