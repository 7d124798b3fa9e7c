import { availabilityOf, ownQuantity, shownQuantity, type AmazonListing } from './listing.js';

export const DATA_SETS = [
  'summaries',
  'attributes',
  'issues',
  'offers',
  'fulfillmentAvailability',
  'procurement',
  'relationships',
  'productTypes',
] as const;

/** A listing as the API answers it, with the data sets asked for. */
export function itemView(
  listing: AmazonListing,
  dataSets: ReadonlySet<string>,
  marketplaceIds: readonly string[],
): Readonly<Record<string, unknown>> {
  return {
    sku: listing.sku,
    ...(dataSets.has('summaries') ? { summaries: marketplaceIds.map((id) => summary(listing, id)) } : {}),
    ...(dataSets.has('attributes') ? { attributes: listing.attributes } : {}),
    ...(dataSets.has('issues') ? { issues: [] } : {}),
    ...(dataSets.has('fulfillmentAvailability') ? { fulfillmentAvailability: availability(listing) } : {}),
    ...(dataSets.has('productTypes')
      ? { productTypes: marketplaceIds.map((marketplaceId) => ({ marketplaceId, productType: listing.productType })) }
      : {}),
  };
}

const summary = (listing: AmazonListing, marketplaceId: string): Readonly<Record<string, unknown>> => ({
  marketplaceId,
  asin: listing.asin,
  productType: listing.productType,
  conditionType: 'new_new',
  status: shownQuantity(listing) > 0 ? ['BUYABLE', 'DISCOVERABLE'] : ['DISCOVERABLE'],
  ...(listing.fba === null ? {} : { fnSku: listing.fba.fnSku }),
  itemName: listing.title,
  createdDate: new Date(listing.createdAt).toISOString(),
  lastUpdatedDate: new Date(listing.updatedAt).toISOString(),
});

const availability = (listing: AmazonListing): readonly Readonly<Record<string, unknown>>[] =>
  availabilityOf(listing).map(({ fulfillment_channel_code: code }) => ({
    fulfillmentChannelCode: code,
    ...(code === 'DEFAULT' ? { quantity: ownQuantity(listing) } : {}),
  }));
