import { sqlIsKeptByChannel } from '@holdfast/inventory';
import type { PageOf, PageRequest, Tables } from './tables.js';
import { Conditions, pageOfRows } from './tables.js';

export interface LowStock {
  readonly sku: string;
  readonly name: string | null;
  /** Sum over all locations of on hand minus reserved and held, where that is not below zero. */
  readonly available: number;
  readonly onHand: number;
  readonly reserved: number;
  readonly threshold: number;
}

interface Stored {
  readonly sku: string;
  readonly name: string | null;
  readonly on_hand: string;
  readonly reserved: string;
  readonly available: string;
  readonly threshold: string;
}

/**
 * SKUs whose units over all locations have fallen below their product's threshold, the scarcest first.
 * @param defaultThreshold for products that were given none, in units
 */
export async function findLowStock(tables: Tables, tenant: string, defaultThreshold: number, page: PageRequest): Promise<PageOf<LowStock>> {
  const sums = `(SELECT s.tenant, s.sku, p.name, sum(s.on_hand) AS on_hand, sum(s.reserved) AS reserved,
                        coalesce(sum(greatest(0, s.on_hand - s.reserved - s.held)) FILTER (WHERE NOT ${sqlIsKeptByChannel('s.location_id')}), 0) AS available,
                        coalesce(min(p.low_stock_threshold), ${Math.trunc(defaultThreshold)}) AS threshold
                 FROM ${tables.schema}.stock s JOIN ${tables.schema}.products p ON p.tenant = s.tenant AND p.sku = s.sku
                 WHERE s.tenant = $1 GROUP BY s.tenant, s.sku, p.name) t`;
  const conditions = new Conditions().where('t.tenant = ? AND t.available < t.threshold', tenant);
  const query = { select: 't.*', from: sums, order: 't.available, t.sku', conditions };
  const { rows, total } = await pageOfRows<Stored>(tables, query, page);
  const view = (row: Stored): LowStock => ({
    sku: row.sku,
    name: row.name,
    available: Number(row.available),
    onHand: Number(row.on_hand),
    reserved: Number(row.reserved),
    threshold: Number(row.threshold),
  });
  return { rows: rows.map(view), total };
}
