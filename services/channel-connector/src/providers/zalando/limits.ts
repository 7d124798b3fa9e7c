import { retryAfter } from '@holdfast/vendor-http';
import type { LimitShape, ReportedLimit, Spend } from '../tools.js';
import type { ZalandoSettings } from './settings.js';

const MINUTE_MS = 60_000;
/** Stock calls and updates a minute: developers.merchants.zalando.com/docs/offers-stocks-api.html */
const CALLS_A_MINUTE = 60;
const ITEMS_A_MINUTE = 2_000;
/** Seconds of the pace that may flow at once. */
const BURST_S = 9;

/** Stock updates that flow evenly. */
export const pacePerSecond = ({ updatesPerMinute = ITEMS_A_MINUTE }: ZalandoSettings): number => updatesPerMinute / 60;

/**
 * Zalando counts calls and updates by the minute. Spent at once they would leave nothing for a zero that comes later in the minute, so updates are also
 * paced: they flow evenly, a little at a time. Orders have the limit of the sandbox, a quarter of production's.
 */
export const limits = (settings: ZalandoSettings): readonly LimitShape[] => [
  { kind: 'window', name: 'stock_calls', most: settings.callsPerMinute ?? CALLS_A_MINUTE, windowMs: MINUTE_MS },
  { kind: 'window', name: 'stock_items', most: settings.updatesPerMinute ?? ITEMS_A_MINUTE, windowMs: MINUTE_MS },
  { kind: 'bucket', name: 'stock_pace', perSecond: pacePerSecond(settings), burst: pacePerSecond(settings) * BURST_S },
  { kind: 'window', name: 'orders', most: 10, windowMs: MINUTE_MS },
  { kind: 'window', name: 'status_report', most: 240, windowMs: MINUTE_MS },
];

/** What a call with so many updates costs. */
export const stockSpend = (items: number): readonly Spend[] => [
  { limit: 'stock_calls', units: 1 },
  { limit: 'stock_items', units: items },
  { limit: 'stock_pace', units: items },
];

/** A refusal blocks its limits until the time that Zalando names. @param now epoch milliseconds */
export function blockedBy(spends: readonly Spend[], headers: Readonly<Record<string, string>>, now: number) {
  const retryAfterMs = Math.max(1_000, retryAfter(headers['retry-after'], now));
  const limits: readonly ReportedLimit[] = spends.map(({ limit }) => ({ limit, notBefore: now + retryAfterMs }));
  return { limits, retryAfterMs };
}
