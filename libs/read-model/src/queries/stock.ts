import type { ChannelAtpRow, ProductRow } from '../fold/rows.js';
import { StoredRows } from '../storage/stored-rows.js';
import { keyOf } from '../fold/row-source.js';
import { withExpired, type StockOfLots } from './expired-units.js';
import type { Tables } from './tables.js';

export interface SkuStock {
  readonly sku: string;
  /** Undefined for a SKU that no event has named. */
  readonly product: ProductRow | undefined;
  /** By location id. */
  readonly stock: readonly StockOfLots[];
  /** What each channel may promise, by channel id. */
  readonly channelAtp: readonly ChannelAtpRow[];
}

/** Balances of the SKUs named, in that order; an unknown SKU has no product. */
export async function findStock(tables: Tables, tenant: string, skus: readonly string[]): Promise<readonly SkuStock[]> {
  const found = await new StoredRows(tables.pool, tables.schema).skus([...new Set(skus)].map((id) => ({ tenant, id })));
  return skus.map((sku) => {
    const rows = found.get(keyOf(tenant, sku));
    const stock = (rows?.stock ?? [])
      .map((row) => withExpired(row, rows?.positions ?? []))
      .sort((a, b) => (a.locationId < b.locationId ? -1 : 1));
    const channelAtp = [...(rows?.channelAtp ?? [])].sort((a, b) => (a.channelId < b.channelId ? -1 : 1));
    return { sku, product: rows?.product, stock, channelAtp };
  });
}
