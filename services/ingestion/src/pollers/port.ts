import type { VendorHttp } from '@holdfast/vendor-http';
import type { PollerSettings } from './settings.js';

/** Stock of one SKU in one warehouse. Rows of one SKU and warehouse in one page are summed: batches, and what else an ERP splits it into. */
export interface StockRow {
  /** As the ERP keys it, padding trimmed; leading zeros and letter case are kept. */
  readonly sku: string;
  readonly warehouseId: string;
  /** Exact, see `parseDecimal`; never a float. */
  readonly quantity: string;
  /** Unit of measure of the quantity, where the ERP says it. */
  readonly unit?: string;
}

/** A row that cannot be read. It is counted and shown; it never becomes a figure. */
export interface RefusedRow {
  /** What names the row, e.g. its key. */
  readonly row: string;
  readonly field: string;
  /** What is wrong and how to mend it. */
  readonly says: string;
}

export interface StockPage {
  /**
   * All rows of a SKU and warehouse come in one page, each once: an account keeps the last rows of a page back where they may go on in the
   * next one. A SKU and warehouse that come again in a later page (rows move while they are read) replace their figure.
   */
  readonly rows: readonly StockRow[];
  readonly refusedRows: readonly RefusedRow[];
  /** When the page was asked for, by the ERP's clock, epoch milliseconds; see `askedAt`. */
  readonly asOf: number;
  /** How far the ERP's clock is ahead of ours. */
  readonly skewMs: number;
  /** Where to go on after this page; a page that fails is asked for again from here. Null: this was the last one. At most 2,000 characters. */
  readonly next: string | null;
  /** Of the last page of a scan of changes: where the next scan begins. At most 2,000 characters. */
  readonly since?: string;
}

export type ErpFault =
  /** Unreachable, too slow, overloaded, or under maintenance. */
  | { readonly kind: 'temporary'; readonly says: string; readonly retryAfterMs: number }
  /** User, key or token are refused, or lack a right. */
  | { readonly kind: 'credentials'; readonly says: string }
  /** Not what was asked for: HTML, a truncated body, a field that is missing. */
  | { readonly kind: 'broken_answer'; readonly says: string }
  /** The ERP refuses the request itself: address, path or settings are wrong. */
  | { readonly kind: 'refused'; readonly says: string };

export type PageRead = { readonly kind: 'page'; readonly page: StockPage } | { readonly kind: 'fault'; readonly fault: ErpFault };

export interface Warehouse {
  readonly warehouseId: string;
  /** Null where the ERP does not say one. */
  readonly name: string | null;
}

export type WarehousesRead =
  { readonly kind: 'warehouses'; readonly warehouses: readonly Warehouse[] } | { readonly kind: 'fault'; readonly fault: ErpFault };

export const CHECK_NAMES = ['reachable', 'credentials', 'stock', 'clock'] as const;

/** One check of a connection, in words for the engineer who sets it up. */
export interface ErpCheck {
  readonly name: (typeof CHECK_NAMES)[number];
  readonly ok: boolean;
  readonly says: string;
}

export interface ScanPosition {
  /** `next` of the last page that was taken in; undefined for the first page. */
  readonly cursor: string | undefined;
  /** `since` of the last scan that came to its end; undefined where there was none. */
  readonly since: string | undefined;
}

/** One company's ERP. It holds no state that may not be lost. It never throws for what the ERP does: that is a fault. */
export interface ErpAccount {
  /** `full`: a scan shows all stock, and what is missing in a complete one is gone. `changes`: it shows what changed. */
  readonly scan: 'full' | 'changes';
  /** Warehouses of which a complete scan of changes shows every movement: a figure that it does not show there has stayed as it was. */
  readonly unchangedIn?: readonly string[];
  /** Pages of one scan in order, until the last one or the first fault. Asks ahead as the account's settings allow. */
  pages(position: ScanPosition): AsyncIterable<PageRead>;
  warehouses(): Promise<WarehousesRead>;
  check(): Promise<readonly ErpCheck[]>;
}

/** An access token, kept in the memory of this process until it ends. */
export interface TokenMemory {
  /** The token, while it is valid for a minute yet. */
  token(): string | undefined;
  keep(token: string, expiresInMs: number): void;
  /** The ERP refused this token. */
  drop(token: string): void;
}

/** Where the pages of the last whole scan began, kept in the memory of this process: a help to ask for several at a time, never a truth. */
export interface ScanMemory {
  /** None where nothing is known. */
  starts(): readonly string[];
  keep(starts: readonly string[]): void;
}

/** What the engine gives an account. */
export interface ErpTools {
  readonly http: VendorHttp;
  readonly tokens: TokenMemory;
  readonly scans: ScanMemory;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new UUID. */
  readonly newId: () => string;
}

export interface SettingFault {
  /** `settings.name` or `credentials.name`. */
  readonly field: string;
  readonly message: string;
}

/** A kind of ERP: one folder, and one line in the registry. */
export interface ErpSystem<Settings extends PollerSettings = PollerSettings, Credentials extends object = object> {
  readonly name: string;
  /** Classes with class-validator's decorators; what a request gives is checked against them. */
  readonly settings: new () => Settings;
  readonly credentials: new () => Credentials;
  /** What the classes cannot express, e.g. that one of two fields is needed. */
  faults?(settings: Settings, credentials: Credentials): readonly SettingFault[];
  open(account: { readonly settings: Settings; readonly credentials: Credentials }, tools: ErpTools): ErpAccount;
}
