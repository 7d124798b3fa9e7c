import { fieldsOf, listOf, textOf, wholeOf } from '../../reading.js';
import type { EbayClient, ReadError } from '../client.js';
import { errorOf } from '../client.js';

/** One SKU of a bulk update. Item and offers are told the same figure: the listing shows the lesser of both. */
export interface BulkEntry {
  readonly sku: string;
  readonly quantity: number;
  /** Live offers; none to set the item alone. */
  readonly offerIds: readonly string[];
  readonly urgent: boolean;
}

export type BulkResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: ReadError }
  /** Sent, and what became of it is not known. */
  | { readonly kind: 'unknown'; readonly says: string };

export interface BulkAnswer {
  /** By SKU; those that are missing were not sent. */
  readonly results: ReadonlyMap<string, BulkResult>;
  readonly stopped?: Extract<Awaited<ReturnType<EbayClient['call']>>, { readonly kind: 'stopped' }>;
  /** eBay refused the call as a whole. */
  readonly refused: boolean;
}

/** `bulk_update_price_quantity` for some SKUs in one call. Success is read from the status of each entry, never from that of the call. */
export async function bulkUpdate(client: EbayClient, entries: readonly BulkEntry[]): Promise<BulkAnswer> {
  const reply = await client.call({
    method: 'POST',
    path: '/sell/inventory/v1/bulk_update_price_quantity',
    body: { requests: entries.map(requestOf) },
    urgent: entries.some(({ urgent }) => urgent),
  });
  if (reply.kind === 'stopped') return { results: new Map(), stopped: reply, refused: false };
  if (reply.kind === 'lost') return all(entries, { kind: 'unknown', says: reply.says });
  const responses = listOf(fieldsOf(reply.body)['responses']).map(fieldsOf);
  if (responses.length === 0) return all(entries, { kind: 'failed', error: errorOf(reply.body) }, reply.status >= 400);
  return { results: new Map(entries.map((entry) => [entry.sku, resultOf(entry, responses)])), refused: false };
}

const all = (entries: readonly BulkEntry[], result: BulkResult, refused = false): BulkAnswer => ({
  results: new Map(entries.map(({ sku }) => [sku, result])),
  refused,
});

// The quantity is always there: eBay forgets what it stored where the container comes without it.
const requestOf = ({ sku, quantity, offerIds }: BulkEntry) => ({
  sku,
  shipToLocationAvailability: { quantity },
  ...(offerIds.length === 0 ? {} : { offers: offerIds.map((offerId) => ({ offerId, availableQuantity: quantity })) }),
});

/** An entry is done only where everything that the answer says of it is: one line an offer, or one of the SKU. */
function resultOf({ sku, offerIds }: BulkEntry, responses: readonly Readonly<Record<string, unknown>>[]): BulkResult {
  const mine = responses.filter(
    (response) => response['sku'] === sku || (textOf(response['offerId']) !== undefined && offerIds.includes(String(response['offerId']))),
  );
  const told = new Set(mine.map(({ offerId }) => offerId));
  const bad = mine.find((response) => {
    const status = wholeOf(response['statusCode']) ?? 0;
    return status < 200 || status > 299 || listOf(response['errors']).length > 0;
  });
  if (bad !== undefined) return { kind: 'failed', error: errorOf(bad) };
  const complete = mine.length > 0 && offerIds.every((offerId) => told.has(offerId));
  return complete ? { kind: 'done' } : { kind: 'unknown', says: `eBay's answer says nothing of ${sku}` };
}
