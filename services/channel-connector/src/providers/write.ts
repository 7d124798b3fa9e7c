import type { Figure, Memo } from './figures.js';

/** One listing with the figure it should show. The write is an absolute set: sent twice it changes nothing. */
export interface ListingWrite extends Figure {
  readonly listingId: string;
  readonly sku: string;
  /** Grows with every change of the listing, not by one. */
  readonly version: number;
  /** A zero, or a fall to or below the channel's low threshold: may use what is kept in reserve. */
  readonly urgent: boolean;
  /** What the channel was last seen showing, or last confirmed; null while nothing is known. */
  readonly known: Figure | null;
  readonly memo: Memo | null;
}

/** What became of one listing of a write. Never read from an HTTP status alone. */
export type Outcome =
  /** The channel shows the figure. */
  | { readonly kind: 'applied' }
  /**
   * The channel took the figure and will show it later. It is confirmed by `confirm` after `checkAfterMs`, or when the channel tells.
   * `exclusive`: no other write of this listing may be made until then (a feed runs).
   */
  | { readonly kind: 'accepted'; readonly reference: string; readonly checkAfterMs: number; readonly exclusive: boolean }
  /** The channel shows another figure than the known one; nothing was written. The listing is compared at once, and its strategy decides. */
  | { readonly kind: 'conflict'; readonly observed: Figure }
  /** The listing will not take a figure until somebody mends it. It is tried again when its figure or mapping changes, and now and then. */
  | { readonly kind: 'rejected_permanent'; readonly code: string; readonly says: string }
  | { readonly kind: 'rejected_retryable'; readonly code: string; readonly says: string; readonly retryAfterMs?: number }
  /** It was not sent, and nothing is wrong with it: the account takes it later (no feed may be created now). */
  | { readonly kind: 'deferred'; readonly says: string; readonly retryAfterMs: number }
  /** It was sent and no answer came. It is read back, or sent again as it was. */
  | { readonly kind: 'unknown'; readonly says: string };

/** What a call says of the account as a whole. */
export type AccountVerdict =
  | { readonly kind: 'ok' }
  /** Too many calls; no fault of a listing. */
  | { readonly kind: 'slow_down'; readonly says: string; readonly retryAfterMs: number }
  /** The call failed and is made again later. */
  | { readonly kind: 'failed'; readonly says: string; readonly retryAfterMs: number }
  /** Something in this call is not accepted, and the answer does not say what: smaller calls find it. */
  | { readonly kind: 'narrow'; readonly says: string }
  /** The credentials are refused. Nothing is sent until they are replaced, or somebody asks for a test. */
  | { readonly kind: 'unauthorized'; readonly says: string }
  /** The channel is gone for good: nothing is sent until it is set up again. */
  | { readonly kind: 'gone'; readonly says: string };

export interface WriteResult {
  readonly account: AccountVerdict;
  /**
   * By listing id. A listing that is missing shares the account's verdict: with `ok` it counts as `unknown`, else as not sent. A result with outcomes may
   * come with any verdict, e.g. half of the calls applied and then `slow_down`.
   */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** New memos by listing id. */
  readonly memos?: ReadonlyMap<string, Memo>;
}

/** A listing whose write was accepted and is not confirmed yet. */
export interface PendingWrite extends Figure {
  readonly listingId: string;
  readonly reference: string;
  readonly memo: Memo | null;
  /** It may be sent once more: nothing newer is due, the channel is written to, and no conflict of the listing waits for a decision. */
  readonly mayBeSent: boolean;
}
