import type { SimulatorOptions } from '../simulator.js';

export interface EbayOptions extends SimulatorOptions {
  /** SKUs that one `bulk_update_price_quantity` takes: the documents say 25 in one place and 1 in another. Default 25. */
  readonly skusPerCall?: 1 | 25;
  /**
   * What a listing does at quantity zero. `hides`: out-of-stock control is on, it stays alive.
   * `ends`: it is over and must be published again. `refuses`: a zero is an invalid quantity. Default `hides`.
   */
  readonly atZero?: 'hides' | 'ends' | 'refuses';
  /** Calls of the Inventory API in a calendar day. Default 2,000,000. */
  readonly callsPerDay?: number;
  /** Whether a cancelled order puts its units back on the listing. Default true. */
  readonly cancelRestores?: boolean;
  /** Digest that notifications are signed with. Default SHA1. */
  readonly digest?: 'SHA1' | 'SHA256';
  /** Whether the signature is over the bytes sent or over their JSON written anew. Default `bytes`. */
  readonly signs?: 'bytes' | 'json';
  /** Whether the receiver of notifications has to answer the challenge first. Default true. */
  readonly challenge?: boolean;
}

/** eBay's calendar day. */
export const DAY_ZONE = 'America/Los_Angeles';
export const REVISIONS_PER_DAY = 250;
export const MARKETPLACE = 'EBAY_US';
export const SKU_MAX_LENGTH = 50;
export const UNIT_PRICE = 10;
