import type { VendorHttp } from '@holdfast/vendor-http';
import type { AccountVerdict } from './write.js';

export type TokenAnswer = { readonly token: string } | { readonly account: AccountVerdict };

/** The account's access token, shared by all processes and renewed by one of them at a time. */
export interface TokenSource {
  /** A token that is valid for a while yet. */
  current(): Promise<TokenAnswer>;
  /** Whether `current` would still give this token. It renews nothing. */
  isValid(token: string): Promise<boolean>;
  /** The vendor refused this token: the next `current` renews it, unless another process did. */
  refused(token: string): Promise<void>;
}

/** A token as the vendor gives it. A refresh token that rotates is stored before the access token is used. */
export interface GivenToken {
  readonly accessToken: string;
  readonly expiresInMs: number;
  readonly refreshToken?: string;
}

export type RenewResult = { readonly given: GivenToken } | { readonly account: AccountVerdict };

/** Shape of one of a vendor's limits, counted per account over all processes. */
export type LimitShape =
  /** Refills steadily up to `burst`. */
  | { readonly kind: 'bucket'; readonly name: string; readonly perSecond: number; readonly burst: number }
  /** `most` units in each window of the clock, e.g. each minute. */
  | { readonly kind: 'window'; readonly name: string; readonly most: number; readonly windowMs: number };

export interface Spend {
  readonly limit: string;
  readonly units: number;
}

/** What a vendor's answer said of a limit. What is left out stays as it was. */
export interface ReportedLimit {
  readonly limit: string;
  readonly remaining?: number;
  /** Units that were taken for the call and that the vendor did not count in the end. */
  readonly returned?: number;
  readonly perSecond?: number;
  readonly burst?: number;
  /** Nothing may be spent until then, epoch milliseconds. */
  readonly notBefore?: number;
}

export interface TakeOptions {
  readonly urgent?: boolean;
  /** Longest wait; without it as long as needed. */
  readonly mostMs?: number;
}

/** The account's share of a vendor's limits. */
export interface Budget {
  /**
   * Takes what is named, all or nothing, waiting as long as needed. Urgent spending may use the last tenth of each limit, other spending may not.
   * @returns false where the process stops meanwhile, or the wait would pass `mostMs`
   */
  take(spends: readonly Spend[], options?: TakeOptions): Promise<boolean>;
  /** Units that could be spent now. */
  left(limit: string, options?: { readonly urgent?: boolean }): Promise<number>;
  report(limits: readonly ReportedLimit[]): Promise<void>;
}

/** What the engine gives a provider for one account. */
export interface ProviderTools {
  readonly http: VendorHttp;
  readonly tokens: TokenSource;
  readonly budget: Budget;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new UUID. */
  readonly newId: () => string;
}
