import type { Backlog } from '../provider.js';
import { fieldsOf, listOf, textOf, wholeOf } from '../reading.js';
import type { ListingWrite, Outcome, WriteResult } from '../write.js';
import { verdictOf, type ZDirectApi } from './api.js';
import { isEan } from './ean.js';
import { pacePerSecond, stockSpend } from './limits.js';
import type { ZalandoSettings } from './settings.js';

/** Updates of one call: three seconds of the pace, so that what becomes urgent meanwhile waits no longer. */
const PACE_S = 3;
const MOST_ITEMS = 1_000;
/** An article is onboarded within hours or days. */
export const HELD_CHECK_MS = 3_600_000;
/** The same, where only sending the figure again tells: an update of its own for each sales channel. */
export const HELD_ASK_MS = 6 * 3_600_000;
/** Between two parts of held figures that are sent again: half the pace is left for what changed. */
export const ASKED_EVERY_MS = 2 * PACE_S * 1_000;
/** The status report is some minutes behind as a rule. */
const SENT_CHECK_MS = 5 * 60_000;
const RETRY_AFTER_MS = 10_000;

export const HELD = 'held';
/** Taken, and to be seen in the status report. @param at epoch milliseconds */
export const sentReference = (at: number): string => `sent:${String(at)}`;

/** Listings read together where nothing is to be written: four calls of the status report. */
const READ_BATCH = 100;

/** Every sales channel needs an update of its own. */
export const batchOf = (settings: ZalandoSettings, { due }: Backlog): number =>
  due === 0
    ? READ_BATCH
    : Math.max(1, Math.floor(Math.min(MOST_ITEMS, pacePerSecond(settings) * PACE_S) / settings.salesChannelIds.length));

/** What is told of a listing here. */
type Told = Pick<ListingWrite, 'listingId' | 'quantity' | 'urgent'>;

/** Sets the figure of each listing at every sales channel. */
export async function write(
  api: ZDirectApi,
  settings: ZalandoSettings,
  now: () => number,
  listings: readonly Told[],
): Promise<WriteResult> {
  const outcomes = new Map<string, Outcome>();
  const wellNamed = listings.filter(({ listingId }) => isEan(listingId));
  for (const { listingId } of listings.filter((listing) => !wellNamed.includes(listing)))
    outcomes.set(listingId, {
      kind: 'rejected_permanent',
      code: 'invalid_ean',
      says: `${listingId} is no EAN: the listing must be named by thirteen digits`,
    });

  const perCall = Math.max(1, Math.floor(MOST_ITEMS / settings.salesChannelIds.length));
  for (let start = 0; start < wellNamed.length; start += perCall) {
    const part = wellNamed.slice(start, start + perCall);
    const items = part.flatMap(({ listingId, quantity }) =>
      settings.salesChannelIds.map((sales_channel_id) => ({ sales_channel_id, ean: listingId, quantity })),
    );
    const urgent = part.some((listing) => listing.urgent);
    const path = `/merchants/${encodeURIComponent(settings.merchantId)}/stocks`;
    const result = await api.call({ method: 'POST', path, body: { items } }, stockSpend(items.length), urgent);
    if (result.kind === 'ok') for (const [ean, outcome] of outcomesOf(result.body, part, settings, now())) outcomes.set(ean, outcome);
    else if (result.kind === 'unanswered') {
      for (const { listingId } of part) outcomes.set(listingId, { kind: 'unknown', says: result.says });
      return { account: verdictOf(result), outcomes };
    } else if (result.kind === 'refused') {
      const [only] = part;
      if (part.length > 1 || only === undefined) return { account: { kind: 'narrow', says: result.says }, outcomes };
      outcomes.set(only.listingId, { kind: 'rejected_permanent', code: `http_${String(result.status)}`, says: result.says });
    } else return { account: verdictOf(result), outcomes };
  }
  return { account: { kind: 'ok' }, outcomes };
}

interface ItemResult {
  readonly salesChannelId: string;
  readonly code: number;
  readonly says: string;
}

/** What became of each listing: of its updates, one for each sales channel, the worst counts. */
export function outcomesOf(
  body: unknown,
  listings: readonly Pick<Told, 'listingId'>[],
  settings: ZalandoSettings,
  now: number,
): ReadonlyMap<string, Outcome> {
  const results = resultsOf(body);
  return new Map(listings.map(({ listingId }) => [listingId, outcomeOf(results.get(listingId) ?? [], settings, now)]));
}

function outcomeOf(results: readonly ItemResult[], { salesChannelIds, readBack }: ZalandoSettings, now: number): Outcome {
  const wanted = salesChannelIds.length;
  const rejected = results.find(({ code }) => code === 101);
  if (rejected !== undefined)
    return { kind: 'rejected_permanent', code: '101', says: `${rejected.says} (sales channel ${rejected.salesChannelId})` };
  const failed = results.find(({ code }) => code === 102);
  if (failed !== undefined) return { kind: 'rejected_retryable', code: '102', says: failed.says, retryAfterMs: RETRY_AFTER_MS };
  const odd = results.find(({ code }) => code !== 0 && code !== 104);
  if (odd !== undefined) return { kind: 'unknown', says: `Zalando answered the code ${String(odd.code)}: ${odd.says}` };
  if (results.length < wanted)
    return { kind: 'unknown', says: `Zalando answered for ${String(results.length)} of ${String(wanted)} sales channels` };
  // Zalando keeps the figure until the article is onboarded. Nothing says yet that it shows.
  const isReadBack = readBack === 'product_status_report';
  if (results.some(({ code }) => code === 104))
    return { kind: 'accepted', reference: HELD, checkAfterMs: isReadBack ? HELD_CHECK_MS : HELD_ASK_MS, exclusive: false };
  if (!isReadBack) return { kind: 'applied' };
  return { kind: 'accepted', reference: sentReference(now), checkAfterMs: SENT_CHECK_MS, exclusive: false };
}

/** By EAN. Zalando's specification calls the list `results` and writes codes as numbers, its guide `items` and as texts: both are read. */
function resultsOf(body: unknown): ReadonlyMap<string, readonly ItemResult[]> {
  const fields = fieldsOf(body);
  const byEan = new Map<string, ItemResult[]>();
  for (const entry of listOf(fields['results'] ?? fields['items']).map(fieldsOf)) {
    const item = fieldsOf(entry['item']);
    const { code, description, status } = fieldsOf(entry['result']);
    const ean = textOf(item['ean']);
    const number = wholeOf(code);
    if (ean === undefined || number === undefined) continue;
    const result = {
      salesChannelId: textOf(item['sales_channel_id']) ?? '',
      code: number,
      says: textOf(description) ?? textOf(status) ?? '',
    };
    byEan.set(ean, [...(byEan.get(ean) ?? []), result]);
  }
  return byEan;
}
