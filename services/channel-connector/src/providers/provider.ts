import type { VendorHttp } from '@holdfast/vendor-http';
import type { HookReading, HookRequest, PollResult } from './inbound.js';
import type { Check, KeptStockPage, ListingPage, ReadResult } from './read.js';
import type { LimitShape, ProviderTools, RenewResult } from './tools.js';
import type { ListingWrite, PendingWrite, WriteResult } from './write.js';

/** A place of ours and what the vendor calls it. Several of ours may share one of theirs. */
export interface MappedLocation {
  readonly locationId: string;
  readonly remoteId: string;
}

/** One merchant's account at a vendor. */
export interface Account<Settings, Credentials> {
  readonly tenant: string;
  readonly channelId: string;
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly locations: readonly MappedLocation[];
}

/** What waits to be written. */
export interface Backlog {
  /** Due listings, urgent ones included. */
  readonly due: number;
  readonly urgent: number;
}

/** An open account. It holds no state that may not be lost: every process may open it at any time. */
export interface ProviderAccount {
  /** How many listings the next `write` may carry at most. Urgent listings come first in a write. */
  batch(backlog: Backlog): number;
  /**
   * Tells the channel what these listings should show. It waits for the account's budget by itself. It never rejects for what the vendor does.
   * Calls of one account come one after the other, over all processes.
   */
  write(listings: readonly ListingWrite[]): Promise<WriteResult>;
  /** What became of accepted writes: `applied`, `accepted` again while it is open, `conflict` where another figure shows, or rejected. */
  confirm?(pending: readonly PendingWrite[]): Promise<WriteResult>;
  /** Listings that one `read` takes best, where that is not `batch`: a vendor that pages through all its listings is asked for many. */
  readonly readsAtOnce?: number;
  /** Figures that the channel shows now. Absent where a channel cannot be read. At most `readsAtOnce` listings are asked for, else `batch`. */
  read?(listingIds: readonly string[]): Promise<ReadResult>;
  /** Pages through the account's listings. @param cursor null for the first page */
  list?(cursor: string | null): Promise<ListingPage>;
  /** Orders and edits since the cursor. @param cursor null for the first poll, which begins now */
  poll?(cursor: string | null): Promise<PollResult>;
  keptStock?(cursor: string | null): Promise<KeptStockPage>;
  /** Reads a message of the vendor and checks its signature. */
  hook?(request: HookRequest): Promise<HookReading>;
  /** Says in words whether the account can be used. */
  check(): Promise<readonly Check[]>;
}

/** A kind of channel: one folder, and one line in the registry. */
export interface Provider<Settings extends object = object, Credentials extends object = object> {
  readonly name: string;
  /** Classes with class-validator's decorators; what a request gives is checked against them. */
  readonly settings: new () => Settings;
  readonly credentials: new () => Credentials;
  /** What the classes cannot express, e.g. that one of two fields is needed. @returns faults with the field's name inside settings or credentials */
  faults?(settings: Settings, credentials: Credentials): readonly { readonly field: string; readonly message: string }[];
  /**
   * What names the account at the vendor. Where it changes, nothing is known of what the channel shows, every listing is told anew, and polling
   * begins anew. So it must not hold what only tunes the calls.
   * Default: the settings.
   */
  identity?(settings: Settings, credentials: Credentials): string;
  limits(settings: Settings): readonly LimitShape[];
  /**
   * A sale that lowered a figure is listed among the orders at most so much later. Absent where the vendor says nothing of it, e.g. lists an order once it
   * is paid: then only the channel's `orderWithinSeconds` bounds it.
   */
  readonly orderListedMs?: number;
  /** Largest figure that a listing can show; larger ones are sent as this one. */
  readonly mostUnits: number;
  /** Asks the vendor for an access token. Absent where calls carry no token that expires. @param refreshToken the newest one stored, else that of the credentials */
  renew?(account: Account<Settings, Credentials>, http: VendorHttp, refreshToken: string | undefined): Promise<RenewResult>;
  open(account: Account<Settings, Credentials>, tools: ProviderTools): ProviderAccount;
}
