import type { StoredAccount } from '../../../accounts/stored-account.js';
import type { ConflictStrategy } from '../../../channels/channel-settings.js';
import type { PlacedFigure } from '../../../mappings/desired-figures.js';
import type { Figure, Memo } from '../../../providers/figures.js';

/** A row of `channels.channel`, as far as the delivery reads or writes it. Times are epoch milliseconds. */
export interface ChannelRow extends StoredAccount {
  readonly syncInventory: boolean;
  readonly lowThreshold: number;
  readonly conflictStrategy: ConflictStrategy;
  failures: number;
  retryAt: number | null;
  fault: string | null;
  gone: boolean;
  owner: string | null;
  leaseUntil: number | null;
}

export interface PendingRow {
  readonly reference: string;
  readonly version: number;
  readonly figure: Figure;
  readonly exclusive: boolean;
  readonly checkAt: number;
}

/** A row of `channels.listing`. */
export interface ListingRow {
  readonly sku: string;
  listingId: string | null;
  quantity: number | null;
  /** Units that it should show in all; of a channel that maps places, at these. */
  figure: number | null;
  parts: Readonly<Record<string, number>> | null;
  position: bigint | null;
  positionVersion: number;
  version: number;
  dueAt: number | null;
  forced: boolean;
  urgent: boolean;
  sentQuantity: number | null;
  sentVersion: number | null;
  priorQuantity: number | null;
  shown: Figure | null;
  shownAt: number | null;
  unsure: boolean;
  pending: PendingRow | null;
  conflictId: string | null;
  memo: Memo | null;
  fault: string | null;
  attempts: number;
  /** Figures that it should have shown, newest first. */
  recent: readonly number[];
  /** The same with their places, of a channel that maps places. */
  recentPlaces: readonly PlacedFigure[];
  /** Figures that the channel took or may have taken, oldest first, as the history has them. */
  readonly told: number[];
}

export const newListing = (sku: string, version: number): ListingRow => ({
  sku,
  listingId: null,
  quantity: null,
  figure: null,
  parts: null,
  position: null,
  positionVersion: 0,
  version,
  dueAt: null,
  forced: false,
  urgent: false,
  sentQuantity: null,
  sentVersion: null,
  priorQuantity: null,
  shown: null,
  shownAt: null,
  unsure: false,
  pending: null,
  conflictId: null,
  memo: null,
  fault: null,
  attempts: 0,
  recent: [],
  recentPlaces: [],
  told: [],
});
