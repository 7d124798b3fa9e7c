import { heard, judge, type VendorAnswer, type Verdict } from '@holdfast/vendor-http';
import type { ListingWrite, Outcome, WriteResult } from '../write.js';
import type { ListingUpdate } from './webhook-message.js';

export const updatesOf = (listings: readonly ListingWrite[]): readonly ListingUpdate[] =>
  listings.map(({ listingId, sku, quantity, version }) => ({ listingId, sku, quantity, version }));

/** What a receiver's answer says of the listings of the call. A receiver takes all of them or none. */
export function resultOf(listings: readonly ListingWrite[], answer: VendorAnswer, now: number): WriteResult {
  const verdict = judge(heard(answer), now);
  const each = (outcome: Outcome): ReadonlyMap<string, Outcome> => new Map(listings.map(({ listingId }) => [listingId, outcome]));
  switch (verdict.kind) {
    case 'delivered':
      return { account: { kind: 'ok' }, outcomes: each({ kind: 'applied' }) };
    case 'rejected':
      return listings.length > 1
        ? { account: { kind: 'narrow', says: verdict.fault }, outcomes: new Map() }
        : { account: { kind: 'ok' }, outcomes: each({ kind: 'rejected_permanent', code: 'rejected', says: verdict.fault }) };
    default:
      // Also without an answer: the receiver knows repeats by their id, so the same call is simply made again.
      return { account: accountOf(verdict), outcomes: new Map() };
  }
}

function accountOf(verdict: Extract<Verdict, { readonly kind: 'slow_down' | 'failed' | 'unauthorized' | 'gone' }>): WriteResult['account'] {
  const { kind, fault: says } = verdict;
  return kind === 'gone' || kind === 'unauthorized' ? { kind, says } : { kind, says, retryAfterMs: verdict.retryAfterMs };
}
