import type { CallLog, Fault, FaultPlan } from '@holdfast/sandbox';
import type { Provider } from '../../src/providers/provider.js';
import type { CheckName } from '../../src/providers/read.js';
import type { LeapingTime } from '../leaping-time.js';

/** What some vendors do not have. */
export type Ability =
  /** Calls carry an access token that expires. */
  | 'tokens'
  /** The vendor can be asked what it shows. */
  | 'reading'
  /** The vendor tells of figures by itself, also of those that we wrote. */
  | 'telling'
  /** Shoppers order at the vendor, which tells of it. */
  | 'orders'
  /** A write that arrives after a newer one can be told from it, or is found by reading. */
  | 'sequence';

/** One vendor, as the contract suite needs it. */
export interface VendorRig {
  readonly provider: Provider;
  /** The vendor's operation that sets figures, as faults and the log name it. */
  readonly writes: string;
  /** Most listings of one write where many are due. */
  readonly batch: number;
  /** Too many calls, in the vendor's way, and how long it wants none. */
  readonly throttle: { readonly fault: Fault; readonly pauseMs: number };
  /** What the channel's test looks at. */
  readonly checks: readonly CheckName[];
  /** A document of the vendor that the simulator needs on this machine to hold calls to it; left out where the repository has all. */
  readonly document?: readonly [vendor: string, file: string];
  /** Abilities that the vendor lacks, each with the reason. */
  readonly lacks: Readonly<Partial<Record<Ability, string>>>;
  start(time: LeapingTime): Promise<VendorUnderTest>;
}

/** A vendor with one merchant's account. */
export interface VendorUnderTest {
  /** What a channel of the account is set up with. */
  readonly account: {
    readonly settings: Readonly<Record<string, unknown>>;
    readonly credentials: Readonly<Record<string, string>>;
    readonly locations?: readonly { readonly locationId: string; readonly remoteId: string }[];
  };
  readonly faults: FaultPlan;
  readonly log: CallLog;
  /** Adds listings that show one unit. @returns their listing ids, in the order given */
  addListings(skus: readonly string[]): readonly string[];
  /** What shoppers see at every place that the channel maps; undefined where the places differ, or nothing shows. */
  shown(listingId: string): number | undefined;
  /** A person sets the figure in the vendor's own screens, at every place that the channel maps. */
  edit(listingId: string, quantity: number): void;
  /** A shopper buys. @returns the order's id */
  sell(listingId: string, quantity: number): string;
  cancel(orderId: string): void;
  /** Webhooks are posted there from now on, each of them twice. */
  sendHooksTo(url: string): void;
  hooksSent(): Promise<void>;
  close(): Promise<void>;
}
