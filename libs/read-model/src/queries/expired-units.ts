import type { PositionRow, StockRow } from '../fold/rows.js';

/** Stock of a SKU at a location with how many of its held units are of an expired lot. */
export interface StockOfLots extends StockRow {
  readonly expired: number;
}

/** Whether a position was expired when it last changed; with an event of that, or by a date that was past already. */
const isExpired = ({ expired, expiresAt, updatedAt }: PositionRow): boolean => expired || (expiresAt !== null && expiresAt <= updatedAt);

/** @param positions of the SKU, at all locations */
export const withExpired = (stock: StockRow, positions: readonly PositionRow[]): StockOfLots => {
  const there = positions.filter((row) => row.locationId === stock.locationId && row.units > 0 && isExpired(row));
  const units = there.reduce((sum, row) => sum + row.units, 0);
  return { ...stock, expired: Math.min(units, stock.held) };
};

/** The same in SQL, for a row `s` of stock. */
export const expiredUnits = (schema: string): string => `
  least(s.held, (SELECT coalesce(sum(o.units), 0) FROM ${schema}.positions o
                 WHERE o.tenant = s.tenant AND o.sku = s.sku AND o.location_id = s.location_id AND o.units > 0
                   AND (o.expired OR o.expires_at <= o.updated_at)))`;
