import { MAX_FAULT_LENGTH, MAX_RETRY_AFTER_MS } from '../../../limits.js';
import type { VendorAnswer } from '../../tools.js';

type Answered = Extract<VendorAnswer, { readonly kind: 'answered' }>;

export const shortened = (text: string): string => (text.length > MAX_FAULT_LENGTH ? `${text.slice(0, MAX_FAULT_LENGTH - 1)}…` : text);

/** Status and beginning of an answer, for people. */
export function faultOf({ status, body }: Answered): string {
  const said = body
    .toString('utf8', 0, 2_000)
    .replace(/[^\x20-\x7e\u00a0-\uffff]+/g, ' ')
    .trim();
  return shortened(`Shopify answered ${String(status)}${said === '' ? '' : `: ${said}`}`);
}

/** A Retry-After in seconds, as Shopify sends it (`2.0`). */
export function retryAfterMs(headers: Readonly<Record<string, string>>, otherwise = 0): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds * 1_000), MAX_RETRY_AFTER_MS) : otherwise;
}
