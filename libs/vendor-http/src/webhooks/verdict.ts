import type { VendorAnswer } from '../vendor-call.js';
import { printable, retryAfter, shortened } from '../answers.js';

/** What a receiver answered, or that it did not. */
export type CallResult =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter?: string; readonly body: string }
  | { readonly kind: 'unanswered'; readonly fault: string };

/** What follows from a call. */
export type Verdict =
  | { readonly kind: 'delivered' }
  /** The receiver is there and wants fewer calls: no fault of a listing. */
  | { readonly kind: 'slow_down'; readonly fault: string; readonly retryAfterMs: number }
  /** The call as a whole failed and goes out again later. */
  | { readonly kind: 'failed'; readonly fault: string; readonly retryAfterMs: number }
  /** Something in this call was not accepted: smaller calls find out what, so that the rest goes through. */
  | { readonly kind: 'rejected'; readonly fault: string }
  /** The receiver does not take our signature: nothing is sent until the secret is put, or somebody asks for a test. */
  | { readonly kind: 'unauthorized'; readonly fault: string }
  /** The receiver says that the address is gone for good: nothing is sent until the channel is set up again. */
  | { readonly kind: 'gone'; readonly fault: string };

/** What of a client's answer is judged. */
export function heard(answer: VendorAnswer): CallResult {
  if (answer.kind === 'unanswered') return answer;
  const wanted = answer.headers['retry-after'];
  return {
    kind: 'answered',
    status: answer.status,
    body: answer.body.toString('utf8'),
    ...(wanted === undefined ? {} : { retryAfter: wanted }),
  };
}

const REJECTED = new Set([400, 413, 422]);

/** @param now epoch milliseconds, for a Retry-After that names a date */
export function judge(result: CallResult, now: number): Verdict {
  if (result.kind === 'unanswered') return { kind: 'failed', fault: shortened(result.fault), retryAfterMs: 0 };
  const { status } = result;
  if (status >= 200 && status < 300) return { kind: 'delivered' };

  const fault = describe(status, result.body);
  const retryAfterMs = retryAfter(result.retryAfter, now);
  if (status === 401) return { kind: 'unauthorized', fault };
  if (status === 410) return { kind: 'gone', fault };
  if (status === 429) return { kind: 'slow_down', fault, retryAfterMs };
  if (REJECTED.has(status)) return { kind: 'rejected', fault };
  return { kind: 'failed', fault, retryAfterMs };
}

function describe(status: number, body: string): string {
  const redirect = status >= 300 && status < 400 ? ' (redirects are not followed)' : '';
  const said = printable(body);
  return shortened(`receiver answered ${status}${redirect}${said === '' ? '' : `: ${said}`}`);
}
