import { foldedBarcode, foldedSku, type NamedProduct } from '@holdfast/read-model';
import type { FoundListing } from '../providers/read.js';

export const MATCHES = ['by_sku', 'by_barcode', 'ambiguous', 'suspicious', 'unknown'] as const;
export type Match = (typeof MATCHES)[number];

/** Which product a listing of a channel seems to be. */
export interface Matched {
  readonly match: Match;
  /** The proposal; null where there is none, or more than one. */
  readonly sku: string | null;
  /** Why it is so, in words; null where the match speaks for itself. */
  readonly says: string | null;
}

/** Which SKU has which listing by now. */
export interface KnownMappings {
  readonly skuOf: ReadonlyMap<string, string>;
  readonly listingOf: ReadonlyMap<string, string>;
}

/**
 * Finds the product of a listing: by the very SKU, else by its barcode. What is only alike is shown as a suspicion and never mapped by itself.
 * @param products that share a name with any listing of the page
 */
export function matchListing(listing: FoundListing, products: readonly NamedProduct[], mappings: KnownMappings): Matched {
  const mapped = mappings.skuOf.get(listing.listingId);
  if (mapped !== undefined) return { match: 'by_sku', sku: mapped, says: 'is mapped already' };
  const found = proposal(listing, products);
  if (found.sku === null) return found;
  const taken = mappings.listingOf.get(found.sku);
  if (taken !== undefined) return { match: 'ambiguous', sku: null, says: `${found.sku} is mapped to ${taken} already` };
  if (listing.says !== null) return { match: 'suspicious', sku: found.sku, says: listing.says };
  return found;
}

function proposal({ sku, barcode }: FoundListing, products: readonly NamedProduct[]): Matched {
  if (sku !== null && products.some((product) => product.sku === sku)) return { match: 'by_sku', sku, says: null };
  const sameBarcode =
    barcode === null || barcode.trim() === ''
      ? []
      : products.filter((product) => product.barcode !== null && foldedBarcode(product.barcode) === foldedBarcode(barcode));
  if (sameBarcode.length > 1)
    return { match: 'ambiguous', sku: null, says: `the barcode belongs to ${sameBarcode.map((product) => product.sku).join(', ')}` };
  const [byBarcode] = sameBarcode;
  if (byBarcode !== undefined) return { match: 'by_barcode', sku: byBarcode.sku, says: null };
  const alike = sku === null ? [] : products.filter((product) => foldedSku(product.sku) === foldedSku(sku));
  if (alike.length > 1) return { match: 'ambiguous', sku: null, says: `the SKU is like ${alike.map((product) => product.sku).join(', ')}` };
  const [one] = alike;
  if (one !== undefined)
    return {
      match: 'suspicious',
      sku: one.sku,
      says: `${JSON.stringify(sku)} is like ${JSON.stringify(one.sku)}: spaces or letter case differ`,
    };
  return { match: 'unknown', sku: null, says: null };
}
