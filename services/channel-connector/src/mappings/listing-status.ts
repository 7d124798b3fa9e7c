import type { ListingEntity } from './listing.entity.js';

/**
 * ok: the channel was told the newest figure, and confirmed it where it says so later. stale: it is about to be, or it was confirmed too long ago.
 * error: telling it failed, and is tried again. conflict: the channel shows a figure of its own, and a person has to decide.
 * unmapped: no listing is known for the SKU.
 */
export type ListingStatus = 'ok' | 'stale' | 'error' | 'conflict' | 'unmapped';

/** What the status of a listing depends on beside itself. */
export interface ChannelNow {
  /** Whether the channel's receiver said that it is gone. */
  readonly gone: boolean;
  /** Figures that were last confirmed before are too old; null where age does not matter. */
  readonly staleBefore: Date | null;
}

type Told = Pick<ListingEntity, 'listingId' | 'version' | 'sentVersion' | 'fault' | 'pendingReference' | 'conflictId' | 'shownAt'>;

export function listingStatus(listing: Told, { gone, staleBefore }: ChannelNow): ListingStatus {
  if (listing.listingId === null) return 'unmapped';
  if (listing.conflictId !== null) return 'conflict';
  const isToldNewest = listing.sentVersion !== null && listing.sentVersion === listing.version;
  if (isToldNewest && listing.fault === null) {
    const isOld = staleBefore !== null && listing.shownAt !== null && listing.shownAt < staleBefore;
    return listing.pendingReference === null && !isOld ? 'ok' : 'stale';
  }
  return listing.fault !== null || gone ? 'error' : 'stale';
}
