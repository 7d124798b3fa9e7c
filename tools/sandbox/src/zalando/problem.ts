import type { VendorAnswer } from '../http/vendor-call.js';

/** A refusal as `application/problem+json`. */
export const problem = (status: number, title: string, detail: string): VendorAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: 'about:blank', title, status, detail },
});

/** Too many calls: what the limit is and how many seconds to wait. */
export function tooMany(limit: number, retryAfterMs: number): VendorAnswer {
  const { status, body, headers } = problem(429, 'Too Many Requests', `The limit of ${String(limit)} a minute is reached.`);
  const retryAfter = String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  return { status, body, headers: { ...headers, 'retry-after': retryAfter, 'x-rate-limit': String(limit) }, throttled: true };
}
