import { listOf, textOf, wholeOf } from '../../reading.js';
import type { Memo } from '../../figures.js';
import type { EbaySettings } from '../settings.js';

const REVISIONS_PER_DAY = 250;
const HOUR_MS = 3_600_000;
/** Share of a listing's revisions that is kept for zeros and falls to a low figure. */
const RESERVED = 0.1;

/** What is remembered of a listing: its live offers, and how often it was revised today. */
export interface EbayMemo {
  /** Empty: not looked up yet, or not live when last seen. */
  readonly offerIds: readonly string[];
  readonly day: string;
  readonly revisions: number;
  /** We ended the listing because eBay took no zero, so we may publish it again. */
  readonly withdrawn: boolean;
}

/** @param today as `dayOf` names it */
export function memoOf(memo: Memo | null, today: string): EbayMemo {
  const offerIds = listOf(memo?.['offerIds']).flatMap((id) => textOf(id) ?? []);
  const revisions = memo?.['day'] === today ? (wholeOf(memo['revisions']) ?? 0) : 0;
  return { offerIds, day: today, revisions, withdrawn: memo?.['withdrawn'] === true };
}

export const storedMemo = (memo: EbayMemo): Memo => ({ ...memo });

const mostRevisions = ({ revisionsPerDay }: EbaySettings): number => revisionsPerDay ?? REVISIONS_PER_DAY;

/** eBay refused a revision, whatever we counted: somebody else revised the listing too. */
export const usedUp = (memo: EbayMemo, settings: EbaySettings): EbayMemo => ({ ...memo, revisions: mostRevisions(settings) });

/** Whether a listing may be revised: a zero always, what is urgent to the last, everything else up to the reserve. */
export function mayRevise(
  memo: EbayMemo,
  settings: EbaySettings,
  { quantity, urgent }: { readonly quantity: number; readonly urgent: boolean },
): boolean {
  if (quantity === 0) return true;
  const most = mostRevisions(settings);
  return memo.revisions < (urgent ? most : most - Math.ceil(most * RESERVED));
}

/** The day in eBay's time zone. */
export function dayOf(at: number, { dayZone }: EbaySettings): string {
  const timeZone = dayZone ?? 'America/Los_Angeles';
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** Milliseconds until eBay's next day, by whole hours and never too early. */
export function untilNextDay(at: number, settings: EbaySettings): number {
  const today = dayOf(at, settings);
  let next = Math.floor(at / HOUR_MS) * HOUR_MS;
  do next += HOUR_MS;
  while (dayOf(next, settings) === today);
  return next - at;
}
