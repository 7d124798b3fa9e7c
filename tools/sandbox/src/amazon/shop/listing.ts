import type { Attributes, AttributeValue } from './patching.js';

/** Stock in Amazon's own warehouses. */
export interface FbaStock {
  readonly fnSku: string;
  readonly channelCode: string;
  fulfillable: number;
  pendingOrders: number;
}

export interface AmazonListing {
  readonly sku: string;
  readonly asin: string;
  readonly ean: string | null;
  readonly title: string;
  readonly productType: string;
  readonly createdAt: number;
  updatedAt: number;
  attributes: Attributes;
  readonly fba: FbaStock | null;
}

export const AVAILABILITY = 'fulfillment_availability';
/** Channel code of stock that the merchant sends. */
export const OWN_STOCK = 'DEFAULT';

export const availabilityOf = ({ attributes }: AmazonListing): readonly AttributeValue[] => attributes[AVAILABILITY] ?? [];

/** What the merchant's own stock of the listing shows; 0 where it has none. */
export function ownQuantity(listing: AmazonListing): number {
  const quantity = availabilityOf(listing).find((one) => one['fulfillment_channel_code'] === OWN_STOCK)?.['quantity'];
  return typeof quantity === 'number' ? quantity : 0;
}

export const shownQuantity = (listing: AmazonListing): number => listing.fba?.fulfillable ?? ownQuantity(listing);
