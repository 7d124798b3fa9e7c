import type { Outcome, PendingWrite, WriteResult } from '../write.js';
import type { ZDirectApi } from './api.js';
import { shownMsOf, type ZalandoSettings } from './settings.js';
import { readReport } from './status-report.js';

/** An article is onboarded within hours or days. */
const HELD_CHECK_MS = 3_600_000;
const LEAST_CHECK_MS = 5 * 60_000;

/**
 * Looks for accepted figures in the status report. Without it nothing tells, and nothing needs to be done: Zalando applies a held figure by itself once the
 * article is onboarded.
 */
export async function confirm(
  api: ZDirectApi,
  settings: ZalandoSettings,
  now: number,
  pending: readonly PendingWrite[],
): Promise<WriteResult> {
  if (settings.readBack !== 'product_status_report')
    return { account: { kind: 'ok' }, outcomes: new Map(pending.map(({ listingId }) => [listingId, { kind: 'applied' }])) };
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

function outcomeOf({ quantity, reference }: PendingWrite, shown: number | undefined, settings: ZalandoSettings, now: number): Outcome {
  if (shown === quantity) return { kind: 'applied' };
  const sentAt = /^sent:(\d+)$/.exec(reference)?.[1];
  if (sentAt === undefined) return { kind: 'accepted', reference, checkAfterMs: HELD_CHECK_MS, exclusive: false };
  const age = now - Number(sentAt);
  if (age < shownMsOf(settings)) return { kind: 'accepted', reference, checkAfterMs: Math.max(LEAST_CHECK_MS, age), exclusive: false };
  const says = `Zalando took the figure ${String(quantity)} and its status report still shows ${shown === undefined ? 'no such article' : String(shown)}`;
  return { kind: 'rejected_retryable', code: 'not_shown', says };
}
