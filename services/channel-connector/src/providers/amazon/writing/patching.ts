import { runInLanes } from '@holdfast/kit';
import { isSegment } from '../../path-segment.js';
import { fieldsOf, listOf, textOf } from '../../reading.js';
import type { ProviderTools } from '../../tools.js';
import type { AccountVerdict, ListingWrite, Outcome } from '../../write.js';
import { verdictOf, type ApiResult, type SellingPartnerApi } from '../api.js';
import { pathOf } from '../reading/lookup.js';
import { patchesOf } from './messages.js';
import { patchReference } from './references.js';
import type { AmazonSettings } from '../settings.js';

export interface Patched {
  readonly account: AccountVerdict;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** Calls at once: so many fill the rate with answers that take 1.5 seconds. */
const ANSWER_S = 1.5;
const MOST_LANES = 16;
/** A change shows within seconds as a rule. */
const CHECK_AFTER_MS = 15_000;
const RETRY_AFTER_MS = 5_000;

const NOT_A_SEGMENT: Outcome = {
  kind: 'rejected_permanent',
  code: 'sku_not_callable',
  says: 'no call of Amazon can name a listing whose SKU is . or ..; give the listing another SKU',
};

export interface Change {
  readonly listing: ListingWrite;
  readonly productType: string;
}

/** Changes listings one by one, in the order given. After a fault of the account no further call is begun. */
export async function patchEach(
  api: SellingPartnerApi,
  settings: AmazonSettings,
  tools: Pick<ProviderTools, 'now'>,
  changes: readonly Change[],
): Promise<Patched> {
  const outcomes = new Map<string, Outcome>();
  let account: AccountVerdict = { kind: 'ok' };

  async function patch({ listing, productType }: Change): Promise<void> {
    if (account.kind !== 'ok') return;
    if (!isSegment(listing.listingId)) return void outcomes.set(listing.listingId, NOT_A_SEGMENT);
    const result = await api.call(
      'patchListingsItem',
      {
        method: 'PATCH',
        path: pathOf(settings, listing.listingId),
        query: { marketplaceIds: settings.marketplaceIds.join(','), includedData: 'issues', issueLocale: 'en_US' },
        body: { productType, patches: patchesOf(settings, listing.quantity) },
      },
      { urgent: listing.urgent },
    );
    const outcome = outcomeOf(result, listing, tools.now());
    if (outcome !== undefined) outcomes.set(listing.listingId, outcome);
    if (result.kind === 'account' || result.kind === 'failed') account = verdictOf(result);
  }

  const lanes = Math.min(MOST_LANES, Math.ceil(api.perSecond('patchListingsItem') * ANSWER_S));
  await runInLanes(changes, { laneOf: ({ listing }) => listing.listingId, lanes, window: 1 }, patch);
  return { account, outcomes };
}

/** What became of one change; undefined where it was not made. @param now epoch milliseconds */
export function outcomeOf(result: ApiResult, { known }: ListingWrite, now: number): Outcome | undefined {
  switch (result.kind) {
    case 'account':
      return undefined;
    case 'refused':
      return { kind: 'rejected_permanent', code: result.code, says: result.says };
    case 'failed':
      return failedOutcome(result);
    case 'ok':
      return submittedOutcome(fieldsOf(result.body), known?.quantity ?? null, now);
  }
}

/** 503 says that nothing was done; of other failures that is not known. */
function failedOutcome({ code, says, sent }: Extract<ApiResult, { kind: 'failed' }>): Outcome | undefined {
  if (code === 'http_503') return { kind: 'rejected_retryable', code, says, retryAfterMs: RETRY_AFTER_MS };
  return sent ? { kind: 'unknown', says } : undefined;
}

/** Amazon answers 200 for what it does not take, too: only `status` tells. */
function submittedOutcome(body: Readonly<Record<string, unknown>>, before: number | null, now: number): Outcome {
  const status = textOf(body['status']);
  if (status === 'ACCEPTED') {
    const reference = patchReference(textOf(body['submissionId'])?.replaceAll(':', '') ?? '', now, before);
    return { kind: 'accepted', reference, checkAfterMs: CHECK_AFTER_MS, exclusive: false };
  }
  if (status !== 'INVALID') return { kind: 'unknown', says: `Amazon answered the status ${status ?? 'none'}` };
  const errors = listOf(body['issues'])
    .map(fieldsOf)
    .filter(({ severity }) => severity === 'ERROR');
  const says = errors.map(({ message }) => textOf(message) ?? '').join(' ');
  return { kind: 'rejected_permanent', code: textOf(errors[0]?.['code']) ?? 'INVALID', says: says === '' ? 'no reason given' : says };
}
