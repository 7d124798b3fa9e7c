import type { ListingWrite, Outcome } from '../../write.js';
import type { ReadError } from '../client.js';
import { type EbayMemo, untilNextDay } from './memo.js';
import type { EbaySettings } from '../settings.js';

const RETRY_MS = 10_000;
const HOUR_MS = 3_600_000;

/** Errors that are gone when the call is made again. */
const PASSING: ReadonlySet<number> = new Set([25001, 25025]);
/** The listing has a bid or ends soon. */
const NOT_NOW: ReadonlySet<number> = new Set([25038, 25039, 25040]);
const INVALID_QUANTITY: ReadonlySet<number> = new Set([25004, 25709]);

/** eBay documents no number for a listing that was revised too often, only that there is such a limit. */
export const isRevisedTooOften = ({ says }: ReadError): boolean => /\brevis(ed|ions?)\b.*\b(times|limit|exceed|maximum|number)/i.test(says);

/** A seller without out-of-stock control may not set a zero. */
export const isZeroRefused = ({ id, says }: ReadError): boolean => INVALID_QUANTITY.has(id) && /quantity/i.test(says);

export function outcomeOf(error: ReadError, settings: EbaySettings, now: number): Outcome {
  const { id, category, says } = error;
  const code = id === 0 ? 'ebay' : `ebay_${String(id)}`;
  if (isRevisedTooOften(error)) return tooOften(says, settings, now);
  if (PASSING.has(id) || category !== 'REQUEST') return { kind: 'rejected_retryable', code, says, retryAfterMs: RETRY_MS };
  if (NOT_NOW.has(id)) return { kind: 'rejected_retryable', code, says, retryAfterMs: HOUR_MS };
  return { kind: 'rejected_permanent', code, says };
}

/** The listing waits for eBay's next day, because only its reserve is left, or nothing. */
export function heldBack({ revisions }: EbayMemo, { urgent }: ListingWrite, settings: EbaySettings, now: number): Outcome {
  const left = urgent ? 'none is left' : 'what is left is kept for zeros and low figures';
  return tooOften(`the listing was revised ${String(revisions)} times today, ${left} until eBay's next day`, settings, now);
}

const tooOften = (says: string, settings: EbaySettings, now: number): Outcome => ({
  kind: 'rejected_retryable',
  code: 'daily_revisions',
  says,
  retryAfterMs: untilNextDay(now, settings),
});
