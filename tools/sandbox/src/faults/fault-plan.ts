import type { Spoiling } from './spoiled-answers.js';

/** What a simulator does with a call instead of answering it well. Each vendor puts it into its own words (codes, headers, bodies). */
export type Fault =
  /** Refused as too many calls. */
  | { readonly kind: 'throttle'; readonly retryAfterMs?: number }
  /** Answered with this status of the 5xx range and no effect. */
  | { readonly kind: 'server_error'; readonly status: number; readonly retryAfterMs?: number }
  /** The answer is well-formed no more. */
  | { readonly kind: 'spoil'; readonly how: Spoiling }
  /** ERPs: an error is answered as if it were none, with status 200. */
  | { readonly kind: 'error_with_200' }
  /** ERPs: the page before is answered again. */
  | { readonly kind: 'repeat_page' }
  /** The connection is closed before anything happened. */
  | { readonly kind: 'drop' }
  /** The connection is closed, and the call arrives so much later, as one that was held up on its way. */
  | { readonly kind: 'arrive_late'; readonly ms: number }
  /** The effect happens, then the connection is closed. */
  | { readonly kind: 'lose_answer' }
  /** The effect happens at once, the answer comes late. */
  | { readonly kind: 'slow_answer'; readonly ms: number }
  /** The access tokens given out so far are refused from this call on. */
  | { readonly kind: 'expire_tokens' }
  /** These listings fail inside a call that otherwise succeeds. */
  | { readonly kind: 'reject_listings'; readonly listingIds: readonly string[]; readonly permanent: boolean }
  /** Asynchronous vendors: the write is acknowledged and takes effect so much later. */
  | { readonly kind: 'apply_late'; readonly ms: number }
  /** Asynchronous vendors: the write is acknowledged and never takes effect. */
  | { readonly kind: 'never_apply' }
  /** Shopify and Walmart: the change takes effect twice, as where a vendor books the difference to the figure before and its message was doubled. */
  | { readonly kind: 'apply_twice' };

interface Planned {
  readonly fault: Fault;
  readonly operation: string | undefined;
  left: number;
}

/** Faults that the next calls meet. */
export class FaultPlan {
  private planned: Planned[] = [];
  /** The credentials are refused from now on, as after the merchant removed the app. */
  credentialsRevoked = false;

  /** The next `times` calls of the operation, or of any, meet the fault. */
  next(fault: Fault, times = 1, operation?: string): void {
    this.planned.push({ fault, operation, left: times });
  }

  clear(): void {
    this.planned = [];
    this.credentialsRevoked = false;
  }

  /** Takes the fault that a call of this operation meets; undefined for none. */
  take(operation: string): Fault | undefined {
    const found = this.planned.find((one) => one.left > 0 && (one.operation === undefined || one.operation === operation));
    if (found === undefined) return undefined;
    found.left -= 1;
    this.planned = this.planned.filter(({ left }) => left > 0);
    return found.fault;
  }
}
