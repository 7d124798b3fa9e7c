import type { ChannelRef } from '../../accounts/channel-ref.js';
import type { StoredAccount } from '../../accounts/stored-account.js';
import type { Figure } from '../../providers/figures.js';
import type { Backlog, MappedLocation } from '../../providers/provider.js';
import type { ListingWrite, PendingWrite } from '../../providers/write.js';
import type { SettledListing } from '../settled.js';

/** What a writer needs to know of its channel, as of taking it. */
export interface HeldChannel extends StoredAccount {
  readonly syncInventory: boolean;
  /** Consecutive failed calls so far. */
  readonly failures: number;
}

/** A due listing: what is to be written, and whether an earlier write may have happened. */
export interface DueListing extends ListingWrite {
  readonly unsure: boolean;
}

/** An accepted write, and the listing it belongs to. */
export interface PendingListing extends PendingWrite {
  readonly sku: string;
  /** Of the write that was accepted. */
  readonly version: number;
}

export interface DueOf extends ChannelRef {
  readonly locations: readonly MappedLocation[];
  /** False where only pushes that were asked for go out. */
  readonly syncInventory: boolean;
  /** Of the account that was taken. Listings are due to this account alone: after a change the channel is taken anew first. */
  readonly revision: string;
}

/**
 * One writer per channel, hence per listing, among all processes. The store's clock decides, as clocks of processes differ.
 * A process keeps a channel while it has something to tell now and then: taking it for every call would sync the disk each time.
 * A lease runs longer than a call can take; before every call more than half of it is left.
 */
export interface WriterLeases {
  /**
   * Channels with something to tell, that no other process has, that are not pausing and have no writer here; the longest waiting first.
   * @param written channels that have a writer in this process
   */
  waiting(limit: number, written?: readonly ChannelRef[]): Promise<readonly ChannelRef[]>;
  /** Takes or prolongs the lease where that is needed, and reads the settings of now; undefined when another has it, or the channel pauses or is gone. */
  take(channel: ChannelRef): Promise<HeldChannel | undefined>;
  /** Ends the leases of all channels of this process, so that other processes can take them. */
  releaseAll(): Promise<void>;
}

/** What waits to be told, and what waits to be confirmed. */
export interface DueListings {
  backlog(channel: DueOf): Promise<Backlog>;
  /**
   * Zeros first, then other urgent ones, then the longest waiting, each with its newest figure. None where the channel was changed since it was
   * taken: what is due now may be for another account. @param mostUnits of the provider
   */
  due(channel: DueOf, mostUnits: number, limit: number): Promise<readonly DueListing[]>;
  /** Accepted writes whose time to be confirmed has come, longest waiting first. */
  pending(channel: Pick<DueOf, 'tenant' | 'channelId' | 'syncInventory'>, limit: number): Promise<readonly PendingListing[]>;
}

/** Writes down what became of a call. Each effect happens only while this process is the channel's writer. */
export interface Settlement {
  /**
   * A listing that changed while its figure was being sent stays due. What is not newer than a figure that was taken meanwhile is left out.
   * @param healthy whether the call says that the account can be used
   */
  settle(channel: ChannelRef, listings: readonly SettledListing[], healthy: boolean): Promise<void>;
  /** The end of accepted writes. An entry counts only while the listing still waits for this very write. */
  confirm(channel: ChannelRef, listings: readonly SettledListing[]): Promise<void>;
  /** Keeps what the channel shows of listings whose write had no answer. */
  readBack(channel: ChannelRef, figures: ReadonlyMap<string, Figure>): Promise<void>;
  /** Counts a failure of the channel and pauses it. The lease goes on, for nobody may write in the pause. */
  pause(channel: ChannelRef, fault: string, pauseMs: number): Promise<void>;
  /** Leaves the channel alone until it may be called again: it wants fewer calls, which is no failure. */
  wait(channel: ChannelRef, says: string, waitMs: number): Promise<void>;
  /** Stops the channel until it is set up again. Nothing is lost: what is due stays due. */
  gone(channel: ChannelRef, fault: string): Promise<void>;
}

/** All that the delivery of one process keeps. Everything else of it may be lost at any time. */
export interface DeliveryStore {
  readonly leases: WriterLeases;
  readonly listings: DueListings;
  readonly settlement: Settlement;
}
