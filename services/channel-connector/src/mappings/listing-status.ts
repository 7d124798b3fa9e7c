import type { ListingEntity } from './listing.entity.js';

/**
 * ok: the channel was told the newest figure, and confirmed it where it says so later. stale: it is about to be. error: telling it failed, and is tried again.
 * unmapped: no listing is known for the SKU.
 */
export type ListingStatus = 'ok' | 'stale' | 'error' | 'unmapped';

type Told = Pick<ListingEntity, 'listingId' | 'version' | 'sentVersion' | 'fault' | 'pendingReference'>;

/** @param gone whether the channel's receiver said that it is gone */
export function listingStatus(listing: Told, gone: boolean): ListingStatus {
  if (listing.listingId === null) return 'unmapped';
  const isToldNewest = listing.sentVersion !== null && listing.sentVersion === listing.version;
  if (isToldNewest && listing.fault === null) return listing.pendingReference === null ? 'ok' : 'stale';
  return listing.fault !== null || gone ? 'error' : 'stale';
}
