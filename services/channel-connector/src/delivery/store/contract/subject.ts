import type { ChannelRef } from '../../../accounts/channel-ref.js';
import type { DesiredFigure, PlacedFigure } from '../../../mappings/desired-figures.js';
import type { Figure } from '../../../providers/figures.js';
import type { MappedLocation } from '../../../providers/provider.js';
import type { DeliveryStore } from '../delivery-store.js';

/** A listing as the contract looks at it. */
export interface StoredListing {
  readonly due: 'now' | 'later' | null;
  /** Whether the newest version is the one that was taken. */
  readonly isTold: boolean;
  /** Figures that it should have shown before, newest first. */
  readonly recent: readonly number[];
  /** The same with their places, of a channel that maps places. */
  readonly recentPlaces: readonly PlacedFigure[];
  readonly sent: number | null;
  /** What the channel showed before it took that. */
  readonly prior: number | null;
  readonly shown: number | null;
  readonly unsure: boolean;
  readonly pending: string | null;
  readonly fault: string | null;
  readonly attempts: number;
  readonly urgent: boolean;
  readonly forced: boolean;
}

/** A store, with what the rest of the service does to the same tables. */
export interface StoreSubject {
  store(owner: string): DeliveryStore;
  add(channel: ChannelRef, options: { readonly syncInventory: boolean; readonly locations: readonly MappedLocation[] }): Promise<void>;
  map(channel: ChannelRef, mappings: readonly { readonly sku: string; readonly listingId: string }[]): Promise<void>;
  figures(figures: readonly DesiredFigure[]): Promise<void>;
  tellAgain(channel: ChannelRef, sku: string, listingId: string, shown: Figure): Promise<void>;
  /** What a comparison saw. @param version of the figure that the listing should show, and was told */
  confirmShown(channel: ChannelRef, sku: string, listingId: string, version: number, shown: number, prior: number | null): Promise<void>;
  /** What a hook tells. @param agoMs how long ago it was so */
  shown(channel: ChannelRef, listingId: string, quantity: number, agoMs: number): Promise<void>;
  settled(channel: ChannelRef, reference: string): Promise<void>;
  openConflict(channel: ChannelRef, sku: string, listingId: string, quantity: number): Promise<void>;
  decideConflict(channel: ChannelRef, sku: string): Promise<void>;
  /** Lets time pass for everything that is stored. */
  pass(ms: number): Promise<void>;
  listing(channel: ChannelRef, sku: string): Promise<StoredListing>;
}

export const CONTRACT_TIMINGS = { leaseMs: 60_000, backOff: { firstMs: 30_000, mostMs: 600_000 } } as const;
