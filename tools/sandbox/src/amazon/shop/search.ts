import type { AmazonListing } from './listing.js';

export interface Search {
  readonly identifiers: readonly string[] | undefined;
  readonly identifiersType: string | undefined;
  readonly createdAfter: number;
  readonly createdBefore: number;
  readonly lastUpdatedAfter: number;
  readonly lastUpdatedBefore: number;
  readonly sortBy: 'sku' | 'createdDate' | 'lastUpdatedDate';
  readonly descending: boolean;
  readonly pageSize: number;
  readonly from: number;
}

export interface Found {
  readonly total: number;
  readonly page: readonly AmazonListing[];
  readonly next: number | undefined;
}

/** Answers a search. @param depth results after which no further page is given */
export function search(listings: readonly AmazonListing[], query: Search, depth: number): Found {
  const found = listings.filter((listing) => matches(listing, query)).sort(order(query));
  const end = Math.min(query.from + query.pageSize, depth);
  return { total: found.length, page: found.slice(query.from, end), next: end < found.length && end < depth ? end : undefined };
}

function matches(listing: AmazonListing, query: Search): boolean {
  if (listing.createdAt < query.createdAfter || listing.createdAt > query.createdBefore) return false;
  if (listing.updatedAt < query.lastUpdatedAfter || listing.updatedAt > query.lastUpdatedBefore) return false;
  if (query.identifiers === undefined) return true;
  const identifier = identifierOf(listing, query.identifiersType);
  return identifier !== null && query.identifiers.includes(identifier);
}

function identifierOf(listing: AmazonListing, type: string | undefined): string | null {
  if (type === 'SKU') return listing.sku;
  if (type === 'ASIN') return listing.asin;
  if (type === 'FNSKU') return listing.fba?.fnSku ?? null;
  return type === 'EAN' || type === 'GTIN' ? listing.ean : null;
}

function order({ sortBy, descending }: Search): (one: AmazonListing, other: AmazonListing) => number {
  const sign = descending ? -1 : 1;
  if (sortBy === 'sku') return (one, other) => sign * (one.sku < other.sku ? -1 : 1);
  const key = sortBy === 'createdDate' ? 'createdAt' : 'updatedAt';
  return (one, other) => sign * (one[key] - other[key]) || (one.sku < other.sku ? -1 : 1);
}
