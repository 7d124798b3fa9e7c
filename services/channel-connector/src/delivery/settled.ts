import type { Figure, Memo } from '../providers/figures.js';
import type { ListingWrite, Outcome, WriteResult } from '../providers/write.js';

/** What became of one listing of a call, as it is written down. */
export interface SettledListing {
  readonly sku: string;
  readonly listingId: string;
  readonly version: number;
  readonly quantity: number;
  readonly parts: Figure['parts'];
  /** `not_sent`: the call failed as a whole and had no effect on the listing. */
  readonly kind: Outcome['kind'] | 'not_sent';
  readonly says: string | null;
  /** How long the listing waits; null for the usual back-off. */
  readonly retryMs: number | null;
  readonly reference: string | null;
  readonly checkMs: number | null;
  readonly exclusive: boolean;
  readonly observed: Figure | null;
  readonly memo: Memo | null;
}

/**
 * A listing whose channel shows a figure that was set there is compared at once, and its strategy decides. Nothing is written to it until the
 * comparison has begun, or for this long; the comparison holds it until it ends.
 */
export const CONFLICT_COMPARED_MS = 5_000;

const NO_ANSWER = 'the call had no answer for this listing';

/** @returns one entry for each listing that the result says something of; listings of a call that was only slowed down or narrowed are left as they were */
export function settledListings(listings: readonly ListingWrite[], { account, outcomes, memos }: WriteResult): readonly SettledListing[] {
  return listings.flatMap((listing) => {
    const memo = memos?.get(listing.listingId) ?? null;
    const outcome = outcomes.get(listing.listingId);
    if (outcome !== undefined) return [settled(listing, outcome, memo)];
    switch (account.kind) {
      case 'ok':
        return [settled(listing, { kind: 'unknown', says: NO_ANSWER }, memo)];
      case 'failed':
      case 'unauthorized':
      case 'gone':
        return [{ ...settled(listing, { kind: 'unknown', says: account.says }, memo), kind: 'not_sent' as const }];
      case 'slow_down':
      case 'narrow':
        return [];
      default:
        return account satisfies never;
    }
  });
}

export function settled(listing: ListingWrite, outcome: Outcome, memo: Memo | null): SettledListing {
  const { sku, listingId, version, quantity, parts } = listing;
  return {
    sku,
    listingId,
    version,
    quantity,
    parts,
    kind: outcome.kind,
    says: saysOf(outcome),
    retryMs: 'retryAfterMs' in outcome ? (outcome.retryAfterMs ?? null) : null,
    reference: outcome.kind === 'accepted' ? outcome.reference : null,
    checkMs: outcome.kind === 'accepted' ? outcome.checkAfterMs : null,
    exclusive: outcome.kind === 'accepted' && outcome.exclusive,
    observed: outcome.kind === 'conflict' ? outcome.observed : null,
    memo,
  };
}

function saysOf(outcome: Outcome): string | null {
  switch (outcome.kind) {
    case 'applied':
    case 'accepted':
      return null;
    case 'conflict':
      return `the channel shows ${String(outcome.observed.quantity)}, set there since it was read`;
    case 'rejected_permanent':
    case 'rejected_retryable':
      return `${outcome.code}: ${outcome.says}`;
    case 'unknown':
    case 'deferred':
      return outcome.says;
    default:
      return outcome satisfies never;
  }
}
