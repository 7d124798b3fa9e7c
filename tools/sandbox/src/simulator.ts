import type { FaultPlan } from './faults/fault-plan.js';
import type { CallLog } from './http/call-log.js';
import type { VendorCall } from './http/vendor-call.js';
import type { SandboxClock } from './sandbox-clock.js';

export const VENDORS = ['shopify', 'amazon', 'ebay', 'walmart', 'zalando'] as const;
export type Vendor = (typeof VENDORS)[number];

export interface SimulatorOptions {
  /** Loopback port; a free one by default. */
  readonly port?: number;
  readonly clock?: SandboxClock;
  /**
   * `vendor`: calls over the vendor's documented rates are refused. `none`: the rates are raised out of reach, and answers or the account's settings
   * say so. Default `vendor`.
   */
  readonly limits?: 'vendor' | 'none';
  /** Told of every call as it arrives, except those that meet a planned fault before they are read. */
  readonly onCall?: (operation: string, call: VendorCall) => void;
}

/** One figure that the shop shows. */
export interface ShownListing {
  /** As a mapping names it: inventory item gid, seller SKU or EAN. */
  readonly listingId: string;
  readonly sku: string;
  readonly barcode: string | null;
  readonly title: string;
  /** The vendor's location, ship node or sales channel; null where a listing has one figure. */
  readonly remoteId: string | null;
  readonly quantity: number;
}

export interface NewListing {
  readonly sku: string;
  readonly barcode?: string;
  readonly title?: string;
  /** At each location of the account. Default 0. */
  readonly quantity?: number;
}

export interface OrderLine {
  readonly listingId: string;
  readonly quantity: number;
  readonly remoteId?: string;
}

export interface RefundLine extends OrderLine {
  readonly restock: boolean;
}

/** Where a simulator posts its webhooks, and how badly. */
export interface HookTarget {
  readonly url: string;
  /** Says what happens to the next message. Default: it is delivered once. */
  readonly fate?: () => 'deliver' | 'lose' | 'double' | 'delay';
}

/** One vendor with one merchant's account, on a loopback port. */
export interface VendorSimulator {
  readonly vendor: Vendor;
  readonly url: string;
  /** What a channel of this account is set up with: the body of `PUT /sales-channel/channels/{channelId}`, without the provider. */
  readonly account: {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly credentials: Readonly<Record<string, string>>;
    readonly locations?: readonly { readonly locationId: string; readonly remoteId: string }[];
  };
  readonly faults: FaultPlan;
  readonly log: CallLog;
  /** Adds listings to the merchant's account. @returns their listing ids, in the order given */
  addListings(listings: readonly NewListing[]): readonly string[];
  /** Every figure that the shop shows now, sorted by listing id and remote id. */
  listings(): readonly ShownListing[];
  /** A person sets a figure in the vendor's own screens. */
  edit(listingId: string, quantity: number, remoteId?: string): void;
  /** A shopper buys: the vendor lowers its own figures and tells of the order. @returns the order's id */
  sell(lines: readonly OrderLine[]): string;
  cancel(orderId: string): void;
  refund(orderId: string, lines: readonly RefundLine[]): void;
  /** From now on events of this account are posted there. Vendors without webhooks ignore it. */
  sendHooksTo(target: HookTarget): void;
  /** Resolves when every webhook that is under way was answered or given up. */
  hooksSent(): Promise<void>;
  close(): Promise<void>;
}
