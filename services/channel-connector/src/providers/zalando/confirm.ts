import type { Outcome, PendingWrite, WriteResult } from '../write.js';
import type { ZDirectApi } from './api.js';
import { HELD, HELD_ASK_MS, HELD_CHECK_MS, write } from './push.js';
import { shownMsOf, type ZalandoSettings } from './settings.js';
import { readReport } from './status-report.js';

const LEAST_CHECK_MS = 5 * 60_000;

/**
 * Looks for accepted figures in the status report. Without it only Zalando's answer to the same figure tells whether it is still held. It is applied by itself
 * once the article is onboarded.
 */
export async function confirm(
  api: ZDirectApi,
  settings: ZalandoSettings,
  now: number,
  pending: readonly PendingWrite[],
): Promise<WriteResult> {
  if (settings.readBack !== 'product_status_report') return askAgain(api, settings, now, pending);
  const { account, figures } = await readReport(
    api,
    settings,
    pending.map(({ listingId }) => listingId),
  );
  const outcomes = new Map<string, Outcome>();
  for (const write of pending) {
    const shown = figures.get(write.listingId);
    if (shown !== undefined) outcomes.set(write.listingId, outcomeOf(write, shown?.quantity, settings, now));
  }
  return { account, outcomes };
}

/** Sends held figures again: code 104 says that they are held still. What has no clear answer is asked again later. */
async function askAgain(api: ZDirectApi, settings: ZalandoSettings, now: number, pending: readonly PendingWrite[]): Promise<WriteResult> {
  const listings = pending.map(({ listingId, quantity }) => ({ listingId, quantity, urgent: false }));
  const { account, outcomes } = await write(api, settings, () => now, listings);
  const later: Outcome = { kind: 'accepted', reference: HELD, checkAfterMs: HELD_ASK_MS, exclusive: false };
  return {
    account,
    outcomes: new Map([...outcomes].map(([listingId, outcome]) => [listingId, outcome.kind === 'unknown' ? later : outcome])),
  };
}

function outcomeOf({ quantity, reference }: PendingWrite, shown: number | undefined, settings: ZalandoSettings, now: number): Outcome {
  if (shown === quantity) return { kind: 'applied' };
  const sentAt = /^sent:(\d+)$/.exec(reference)?.[1];
  if (sentAt === undefined) return { kind: 'accepted', reference, checkAfterMs: HELD_CHECK_MS, exclusive: false };
  const age = now - Number(sentAt);
  if (age < shownMsOf(settings)) return { kind: 'accepted', reference, checkAfterMs: Math.max(LEAST_CHECK_MS, age), exclusive: false };
  const says = `Zalando took the figure ${String(quantity)} and its status report still shows ${shown === undefined ? 'no such article' : String(shown)}`;
  return { kind: 'rejected_retryable', code: 'not_shown', says };
}
