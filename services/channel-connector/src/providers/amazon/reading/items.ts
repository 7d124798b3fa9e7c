import { fieldsOf, listOf, textOf, wholeOf } from '../../reading.js';
import type { FoundListing } from '../../read.js';
import { channelCodeOf, type AmazonSettings } from '../settings.js';

/** A listing as Amazon answers it. */
export interface Item {
  readonly sku: string;
  readonly productType: string | undefined;
  /** What the merchant's own stock shows; undefined where the listing has none. */
  readonly quantity: number | undefined;
  /** Channel codes of stock that Amazon keeps. */
  readonly keptCodes: readonly string[];
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly title: string | undefined;
  readonly barcode: string | undefined;
}

const BARCODES: ReadonlySet<string> = new Set(['ean', 'upc', 'gtin', 'isbn']);

/** Reads a listing; undefined where it has no SKU. */
export function itemOf(value: unknown, settings: AmazonSettings): Item | undefined {
  const fields = fieldsOf(value);
  const sku = textOf(fields['sku']);
  if (sku === undefined) return undefined;
  const summaries = listOf(fields['summaries']).map(fieldsOf);
  const summary = summaries[0] ?? {};
  const availability = listOf(fields['fulfillmentAvailability']).map(fieldsOf);
  const own = availability.find((one) => one['fulfillmentChannelCode'] === channelCodeOf(settings));
  return {
    sku,
    productType: textOf(summary['productType']) ?? textOf(fieldsOf(listOf(fields['productTypes'])[0])['productType']),
    // Amazon leaves the figure out where there is none to sell.
    quantity: own === undefined ? undefined : (wholeOf(own['quantity']) ?? 0),
    keptCodes: availability.map((one) => textOf(one['fulfillmentChannelCode']) ?? '').filter((code) => code.startsWith('AMAZON_')),
    createdAt: textOf(summary['createdDate']),
    updatedAt: textOf(summary['lastUpdatedDate']),
    title: textOf(summary['itemName']),
    barcode: barcodeOf(fieldsOf(fields['attributes'])['externally_assigned_product_identifier']),
  };
}

const barcodeOf = (identifiers: unknown): string | undefined =>
  listOf(identifiers)
    .map(fieldsOf)
    .filter(({ type }) => BARCODES.has(String(type)))
    .map(({ value }) => textOf(value))
    .find((value) => value !== undefined);

/** Whether Amazon alone keeps the listing's stock: setting a figure would take it out of Amazon's warehouses. */
export const isKept = ({ quantity, keptCodes }: Item): boolean => quantity === undefined && keptCodes.length > 0;

export const keptSays = ({ keptCodes }: Pick<Item, 'keptCodes'>): string =>
  `Amazon keeps the stock of this listing (${keptCodes.join(', ')}): it is read and never set`;

export const foundListing = (item: Item): FoundListing => ({
  listingId: item.sku,
  sku: item.sku,
  barcode: item.barcode ?? null,
  title: item.title ?? null,
  figure: item.quantity === undefined ? null : { quantity: item.quantity, parts: [] },
  says: isKept(item) ? keptSays(item) : null,
});
