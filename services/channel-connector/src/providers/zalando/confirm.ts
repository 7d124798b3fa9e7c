import type { Outcome, PendingWrite, WriteResult } from '../write.js';
import type { ZDirectApi } from './api.js';
import { ASKED_EVERY_MS, batchOf, HELD, HELD_ASK_MS, HELD_CHECK_MS, write } from './push.js';
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

const askedLater = (checkAfterMs: number): Outcome => ({ kind: 'accepted', reference: HELD, checkAfterMs, exclusive: false });

/**
 * Sends held figures again: code 104 says that they are held still. What may not be sent now, and what has no clear answer, is asked again later. Only as
 * many are asked at once as one write carries, so that what is urgent waits no longer for them; the others follow at half the pace, part by part.
 */
async function askAgain(api: ZDirectApi, settings: ZalandoSettings, now: number, pending: readonly PendingWrite[]): Promise<WriteResult> {
  const asked = pending.filter(({ mayBeSent }) => mayBeSent);
  const atOnce = batchOf(settings, { due: asked.length, urgent: 0 });
  const all = new Map<string, Outcome>();
  for (const { listingId, mayBeSent } of pending) if (!mayBeSent) all.set(listingId, askedLater(HELD_ASK_MS));
  for (const [index, { listingId }] of asked.entries())
    if (index >= atOnce) all.set(listingId, askedLater(Math.floor(index / atOnce) * ASKED_EVERY_MS));
  let part = asked.slice(0, atOnce).map(({ listingId, quantity }) => ({ listingId, quantity, urgent: false }));
  for (;;) {
    const { account, outcomes } = await write(api, settings, () => now, part);
    for (const [listingId, outcome] of outcomes) all.set(listingId, outcome.kind === 'unknown' ? askedLater(HELD_ASK_MS) : outcome);
    if (account.kind !== 'narrow') return { account, outcomes: all };
    // The answer does not say what is refused: half of it is asked, down to one listing, and the rest soon.
    const left = part.filter(({ listingId }) => !outcomes.has(listingId));
    part = left.slice(0, Math.ceil(left.length / 2));
    for (const { listingId } of left.slice(part.length)) all.set(listingId, askedLater(ASKED_EVERY_MS));
  }
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
