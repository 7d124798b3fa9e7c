import { fieldsOf, listOf, textOf, wholeOf } from '../../reading.js';
import type { EbayClient, EbayReply } from '../client.js';

/** An offer of a SKU on the channel's marketplace. */
export interface Offer {
  readonly offerId: string;
  /** Shoppers can find it, or could if it had units: only then a bulk update takes it. */
  readonly live: boolean;
  readonly status: string;
  readonly availableQuantity: number | undefined;
  /** As eBay shows it, for writing it back: an update replaces the whole. */
  readonly details: Readonly<Record<string, unknown>>;
}

export type FoundOffers = { readonly offers: readonly Offer[] } | { readonly reply: EbayReply };

const BASE = '/sell/inventory/v1/offer';
const READ_ONLY = new Set(['offerId', 'sku', 'marketplaceId', 'format', 'status', 'listing']);

/** Offers of a SKU with a fixed price on the channel's marketplace; none where eBay knows none. */
export async function offersOf(client: EbayClient, sku: string, urgent: boolean): Promise<FoundOffers> {
  const reply = await client.call({ method: 'GET', path: `${BASE}?sku=${encodeURIComponent(sku)}`, urgent });
  if (reply.kind !== 'answered' || (reply.status !== 200 && reply.status !== 404)) return { reply };
  const { marketplaceId } = client.account.settings;
  const offers = listOf(fieldsOf(reply.body)['offers'])
    .map(fieldsOf)
    .filter((offer) => offer['marketplaceId'] === marketplaceId && offer['format'] !== 'AUCTION')
    .flatMap(readOffer);
  return { offers };
}

function readOffer(details: Readonly<Record<string, unknown>>): readonly Offer[] {
  const offerId = textOf(details['offerId']);
  if (offerId === undefined) return [];
  const status = textOf(details['status']) ?? 'UNPUBLISHED';
  const listing = textOf(fieldsOf(details['listing'])['listingStatus']) ?? 'ACTIVE';
  const live = status === 'PUBLISHED' && (listing === 'ACTIVE' || listing === 'OUT_OF_STOCK');
  return [
    { offerId, live, status: status === 'PUBLISHED' ? listing : status, availableQuantity: wholeOf(details['availableQuantity']), details },
  ];
}

/** Sets the quantity of an offer that no bulk update takes, keeping the rest of it. */
export function updateOffer(client: EbayClient, { offerId, details }: Offer, quantity: number, urgent: boolean): Promise<EbayReply> {
  const kept = Object.fromEntries(Object.entries(details).filter(([name]) => !READ_ONLY.has(name)));
  return client.call({ method: 'PUT', path: `${BASE}/${offerId}`, body: { ...kept, availableQuantity: quantity }, urgent });
}

export const publishOffer = (client: EbayClient, offerId: string): Promise<EbayReply> =>
  client.call({ method: 'POST', path: `${BASE}/${offerId}/publish` });

/** Ends the listing of an offer; the offer stays. */
export const withdrawOffer = (client: EbayClient, offerId: string): Promise<EbayReply> =>
  client.call({ method: 'POST', path: `${BASE}/${offerId}/withdraw`, urgent: true });
