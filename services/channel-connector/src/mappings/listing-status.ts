import type { ListingEntity } from './listing.entity.js';

/**
 * ok: the channel was told the newest figure, and confirmed it where it says so later. stale: it is about to be. error: telling it failed, and is tried again.
 * conflict: the channel shows a figure of its own, and a person has to decide. unmapped: no listing is known for the SKU.
 */
export type ListingStatus = 'ok' | 'stale' | 'error' | 'conflict' | 'unmapped';

type Told = Pick<ListingEntity, 'listingId' | 'version' | 'sentVersion' | 'fault' | 'pendingReference' | 'conflictId'>;

/** @param gone whether the channel's receiver said that it is gone */
export function listingStatus(listing: Told, gone: boolean): ListingStatus {
  if (listing.listingId === null) return 'unmapped';
  if (listing.conflictId !== null) return 'conflict';
  const isToldNewest = listing.sentVersion !== null && listing.sentVersion === listing.version;
  if (isToldNewest && listing.fault === null) return listing.pendingReference === null ? 'ok' : 'stale';
  return listing.fault !== null || gone ? 'error' : 'stale';
}
