import type { AmazonListing } from './listing.js';
import { AVAILABILITY, OWN_STOCK } from './listing.js';
import { patched, type Patch } from './patching.js';

export interface Issue {
  readonly code: string;
  readonly message: string;
  readonly severity: 'ERROR' | 'WARNING' | 'INFO';
  readonly attributeNames?: readonly string[];
  readonly categories: readonly string[];
}

/** The highest figure that is taken. Not confirmed by Amazon. */
export const MAX_QUANTITY = 999_999;
const CHANNEL_CODES = /^(DEFAULT|AMAZON_(NA|EU|JP|IN|SG|AU|BR|MX|AE|SA|TR))$/;

const issue = (code: string, message: string, categories: readonly string[], attributeNames?: readonly string[]): Issue => ({
  code,
  message,
  severity: 'ERROR',
  categories,
  ...(attributeNames === undefined ? {} : { attributeNames }),
});

export const unknownSku = (sku: string): Issue =>
  issue('13013', `This SKU does not exist in the Amazon.com catalog. Your inventory data was not processed. SKU: ${sku}`, [
    'INVALID_ATTRIBUTE',
  ]);

export const rejectedByPlan = (sku: string): Issue =>
  issue('8541', `The SKU data provided is different from what's already in the catalog. SKU: ${sku}`, ['INVALID_ATTRIBUTE']);

/** What is wrong with the patches for this listing, empty for nothing. */
export function issuesOf(listing: AmazonListing, productType: string, patches: readonly Patch[], takesCatchAll: boolean): readonly Issue[] {
  const found: Issue[] = [];
  if (productType !== listing.productType && !(takesCatchAll && productType === 'PRODUCT'))
    found.push(issue('90000900', `The product type '${productType}' is not that of the listing.`, ['INVALID_ATTRIBUTE']));
  if (!patches.some(({ attribute }) => attribute === AVAILABILITY)) return found;
  for (const value of patched(listing.attributes, patches)[AVAILABILITY] ?? []) {
    const code = value['fulfillment_channel_code'];
    const quantity = value['quantity'];
    if (typeof code !== 'string' || !CHANNEL_CODES.test(code))
      found.push(issue('90244', `'${String(code)}' is no valid 'Fulfillment Channel Code'.`, ['INVALID_ATTRIBUTE'], [AVAILABILITY]));
    else if (code === OWN_STOCK && quantity === undefined)
      found.push(issue('90220', "'Quantity' is required but not supplied.", ['MISSING_ATTRIBUTE'], [AVAILABILITY]));
    else if (code !== OWN_STOCK && quantity !== undefined)
      found.push(issue('90245', 'The quantity of stock that Amazon keeps cannot be set.', ['INVALID_ATTRIBUTE'], [AVAILABILITY]));
    else if (quantity !== undefined && !isQuantity(quantity))
      found.push(
        issue('90246', `'Quantity' must be a whole number from 0 to ${String(MAX_QUANTITY)}.`, ['INVALID_ATTRIBUTE'], [AVAILABILITY]),
      );
  }
  return found;
}

const isQuantity = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_QUANTITY;
