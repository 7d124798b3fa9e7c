import type { ProviderTools } from '../../tools.js';
import type { AccountVerdict, Outcome, PendingWrite, WriteResult } from '../../write.js';
import type { SellingPartnerApi } from '../api.js';
import { verdictOf } from '../api.js';
import { feedState } from './feeds.js';
import { lookUp } from '../reading/lookup.js';
import { patchReference, referenceOf, type Reference } from './references.js';
import { acceptedMsOf, baseUrlOf, type AmazonSettings } from '../settings.js';

type AcceptedPatch = Extract<Reference, { kind: 'patch' }>;

const FEED_CHECK_MS = 10_000;
/** Waits between two looks grow with the age of the change, up to this. */
const MOST_CHECK_MS = 120_000;
const LEAST_CHECK_MS = 15_000;

/** Learns what became of accepted changes: of feeds by their report, of single changes by reading the listing. */
export async function confirm(
  api: SellingPartnerApi,
  settings: AmazonSettings,
  tools: ProviderTools,
  pending: readonly PendingWrite[],
): Promise<WriteResult> {
  const outcomes = new Map<string, Outcome>();
  let account: AccountVerdict = { kind: 'ok' };
  const byFeed = new Map<string, PendingWrite[]>();
  const patched: { readonly write: PendingWrite; readonly reference: AcceptedPatch }[] = [];
  for (const write of pending) {
    const reference = referenceOf(write.reference);
    if (reference === undefined) outcomes.set(write.listingId, { kind: 'unknown', says: `${write.reference} is no reference of Amazon` });
    else if (reference.kind === 'patch') patched.push({ write, reference });
    else byFeed.set(reference.feedId, [...(byFeed.get(reference.feedId) ?? []), write]);
  }

  for (const [feedId, writes] of byFeed) {
    const state = await feedState(api, tools.http, `${baseUrlOf(settings)} ${settings.sellerId}`, feedId, tools.now());
    for (const write of writes) {
      const outcome = feedOutcome(state, write);
      if (outcome !== undefined) outcomes.set(write.listingId, outcome);
    }
    if (state.kind === 'unreadable') account = verdictOf(state.failure);
    if (account.kind !== 'ok') return { account, outcomes };
  }

  const found = await lookUp(
    api,
    settings,
    patched.map(({ write }) => write.listingId),
  );
  for (const { write, reference } of patched) {
    const item = found.items.get(write.listingId);
    if (item === null)
      outcomes.set(write.listingId, { kind: 'rejected_permanent', code: 'not_found', says: 'Amazon does not know the listing any more' });
    else if (item !== undefined)
      outcomes.set(write.listingId, shownOutcome(item.quantity ?? 0, write.quantity, reference, settings, tools.now()));
  }
  return { account: found.account, outcomes };
}

function feedOutcome(state: Awaited<ReturnType<typeof feedState>>, { listingId, reference }: PendingWrite): Outcome | undefined {
  if (state.kind === 'under_way') return { kind: 'accepted', reference, checkAfterMs: FEED_CHECK_MS, exclusive: true };
  // A feed that ended as FATAL may have applied some of its messages: each listing is read.
  if (state.kind === 'broken') return { kind: 'unknown', says: state.says };
  if (state.kind === 'unreadable') return undefined;
  const fault = state.faults.get(listingId);
  if (fault === undefined) return { kind: 'applied' };
  return isOfAmazon(fault.code)
    ? { kind: 'rejected_retryable', code: fault.code, says: fault.says }
    : { kind: 'rejected_permanent', code: fault.code, says: fault.says };
}

/** Codes of failures on Amazon's side, after which the same message may be taken. Not confirmed by Amazon. */
const isOfAmazon = (code: string): boolean => code === '90000001' || /internal/i.test(code);

/** Compares what shows with what was accepted. Until it is overdue, the figure from before means: not yet. */
export function shownOutcome(shown: number, wanted: number, reference: AcceptedPatch, settings: AmazonSettings, now: number): Outcome {
  if (shown === wanted) return { kind: 'applied' };
  const age = Math.max(0, now - reference.acceptedAt);
  const asBefore = reference.before === null || reference.before === shown;
  if (asBefore && age < acceptedMsOf(settings)) {
    return {
      kind: 'accepted',
      reference: patchReference(reference.submissionId, reference.acceptedAt, reference.before),
      checkAfterMs: Math.min(MOST_CHECK_MS, Math.max(LEAST_CHECK_MS, age)),
      exclusive: false,
    };
  }
  if (reference.before === shown)
    return {
      kind: 'rejected_retryable',
      code: 'not_applied',
      says: `Amazon accepted the figure ${String(wanted)} and still shows ${String(shown)}`,
    };
  return { kind: 'conflict', observed: { quantity: shown, parts: [] } };
}
