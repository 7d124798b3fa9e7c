import type { SkuState } from '@holdfast/inventory';
import type { ChannelRow, LocationRow, ReservationRow } from './rows.js';
import type { StoredSkuRows } from './sku-rows.js';

export interface TenantKey {
  readonly tenant: string;
  /** SKU or reservation id. */
  readonly id: string;
}

/** Key over all tenants; no id contains a line break. */
export const keyOf = (tenant: string, id: string): string => `${tenant}\n${id}`;

/** Reads rows that the fold has not in memory. The result contains existing rows; a missing key was never written. */
export interface RowSource {
  channels(): Promise<readonly ChannelRow[]>;
  locations(tenants: readonly string[]): Promise<readonly LocationRow[]>;
  /** By `keyOf`. */
  skus(keys: readonly TenantKey[]): Promise<ReadonlyMap<string, StoredSkuRows>>;
  /** The state of a SKU before the event of that revision. */
  stateBefore(tenant: string, sku: string, revision: number): Promise<SkuState>;
  reservations(keys: readonly TenantKey[]): Promise<readonly ReservationRow[]>;
}
