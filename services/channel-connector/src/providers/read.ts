import type { Figure, Memo } from './figures.js';
import type { AccountVerdict } from './write.js';

export interface ReadResult {
  readonly account: AccountVerdict;
  /** By listing id; null where the channel does not know the listing. A listing that is missing could not be read. */
  readonly figures: ReadonlyMap<string, Figure | null>;
}

/** A listing as the channel has it. */
export interface FoundListing {
  readonly listingId: string;
  readonly sku: string | null;
  /** GTIN, EAN or UPC as the channel shows it. */
  readonly barcode: string | null;
  readonly title: string | null;
  readonly figure: Figure | null;
  /** Why it cannot be given a figure (untracked, kept by the channel itself); null where it can. */
  readonly says: string | null;
  /** What the provider's writes remember of it, so that they need not look it up again. */
  readonly memo?: Memo;
}

export interface ListingPage {
  readonly account: AccountVerdict;
  readonly listings: readonly FoundListing[];
  /** Cursor of the next page; null after the last. Resumable: it is stored. */
  readonly next: string | null;
  /** Of all pages, where the channel says so. */
  readonly total: number | null;
}

/** Stock that the channel itself keeps and sells from (FBA, WFS, ZFS): read, never set. */
export interface KeptStockPage {
  readonly account: AccountVerdict;
  readonly figures: readonly { readonly listingId: string; readonly sku: string | null; readonly onHand: number }[];
  readonly next: string | null;
}

export type CheckName = 'reachable' | 'token' | 'scopes' | 'locations';

/** One check of a set-up channel, in words for a merchant's engineer. */
export interface Check {
  readonly name: CheckName;
  readonly ok: boolean;
  readonly says: string;
}
