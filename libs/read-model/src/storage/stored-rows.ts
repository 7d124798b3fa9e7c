import type { Pool } from 'pg';
import type { RowSource, TenantKey } from '../fold/row-source.js';
import { keyOf } from '../fold/row-source.js';
import type { ChannelAtpRow, ChannelRow, LocationRow, PositionRow, ProductRow, ReservationRow, StockRow } from '../fold/rows.js';
import type { StoredSkuRows } from '../fold/sku-rows.js';
import { checkedSchema } from '../schema-name.js';
import { channelAtpRow, channelRow, locationRow, positionRow, productRow, reservationRow, stockRow } from './read-rows.js';
import type {
  StoredChannel,
  StoredChannelAtp,
  StoredLocation,
  StoredPosition,
  StoredProduct,
  StoredReservation,
  StoredStock,
} from './read-rows.js';

interface Rows {
  product: ProductRow | undefined;
  readonly stock: StockRow[];
  readonly positions: PositionRow[];
  readonly channelAtp: ChannelAtpRow[];
}

/** The rows of a read model's tables, read by key in bulk. */
export class StoredRows implements Omit<RowSource, 'stateBefore'> {
  private readonly schema: string;

  constructor(
    private readonly pool: Pool,
    schema: string,
  ) {
    this.schema = checkedSchema(schema);
  }

  async channels(): Promise<readonly ChannelRow[]> {
    const { rows } = await this.pool.query<StoredChannel>(`SELECT * FROM ${this.schema}.channels`);
    return rows.map(channelRow);
  }

  async locations(tenants: readonly string[]): Promise<readonly LocationRow[]> {
    const text = `SELECT * FROM ${this.schema}.locations WHERE tenant = ANY ($1)`;
    const { rows } = await this.pool.query<StoredLocation>(text, [tenants]);
    return rows.map(locationRow);
  }

  async skus(keys: readonly TenantKey[]): Promise<ReadonlyMap<string, StoredSkuRows>> {
    const [products, stock, positions, channelAtp] = await Promise.all([
      this.byKey<StoredProduct>('products', 'sku', keys),
      this.byKey<StoredStock>('stock', 'sku', keys),
      this.byKey<StoredPosition>('positions', 'sku', keys),
      this.byKey<StoredChannelAtp>('channel_atp', 'sku', keys),
    ]);
    const found = new Map<string, Rows>();
    const rowsOf = (stored: { readonly tenant: string; readonly sku: string }): Rows => {
      const key = keyOf(stored.tenant, stored.sku);
      const known = found.get(key);
      if (known !== undefined) return known;
      const fresh: Rows = { product: undefined, stock: [], positions: [], channelAtp: [] };
      found.set(key, fresh);
      return fresh;
    };
    for (const product of products) rowsOf(product).product = productRow(product);
    for (const row of stock) rowsOf(row).stock.push(stockRow(row));
    for (const row of positions) rowsOf(row).positions.push(positionRow(row));
    for (const row of channelAtp) rowsOf(row).channelAtp.push(channelAtpRow(row));
    return found;
  }

  async reservations(keys: readonly TenantKey[]): Promise<readonly ReservationRow[]> {
    return (await this.byKey<StoredReservation>('reservations', 'reservation_id', keys)).map(reservationRow);
  }

  private async byKey<Row extends object>(table: string, column: string, keys: readonly TenantKey[]): Promise<readonly Row[]> {
    const text = `SELECT t.* FROM unnest($1::text[], $2::text[]) AS k(tenant, id)
                  JOIN ${this.schema}.${table} t ON t.tenant = k.tenant COLLATE "C" AND t.${column} = k.id COLLATE "C"`;
    const values = [keys.map(({ tenant }) => tenant), keys.map(({ id }) => id)];
    return (await this.pool.query<Row>({ name: `${this.schema}.${table} by key`, text, values })).rows;
  }
}
