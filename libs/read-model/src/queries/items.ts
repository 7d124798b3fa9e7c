import type { ChannelBounds } from '@holdfast/inventory';
import { itemsOfId } from '@holdfast/inventory';
import { stockRow } from '../storage/read-rows.js';
import type { StoredStock } from '../storage/read-rows.js';
import { expiredUnits, type StockOfLots } from './expired-units.js';
import type { PageOf, PageRequest, Tables } from './tables.js';
import { Conditions, containing, pageOfRows } from './tables.js';

/** SKU x location with what the catalogue says of the SKU. */
export interface ItemRow extends StockOfLots {
  readonly name: string | null;
  readonly category: string | null;
  readonly barcode: string | null;
  readonly brandId: string | null;
  readonly limits: ChannelBounds | null;
  /** By channel id: units that the channel may promise over all locations. */
  readonly channelAtp: Readonly<Record<string, number>>;
}

export interface ItemFilter {
  readonly sku?: string | undefined;
  readonly locationId?: string | undefined;
  readonly brandId?: string | undefined;
  /** Part of the SKU or of the product's name. */
  readonly search?: string | undefined;
}

interface StoredItem extends StoredStock {
  readonly expired: string;
  readonly name: string | null;
  readonly category: string | null;
  readonly barcode: string | null;
  readonly brand_id: string | null;
  readonly limits: ChannelBounds | null;
  readonly channel_atp: Readonly<Record<string, number>> | null;
}

const select = ({ schema }: Tables): string =>
  `s.*, p.name, p.category, p.barcode, p.brand_id, p.limits, ${expiredUnits(schema)} AS expired,
   (SELECT jsonb_object_agg(a.channel_id, a.atp) FROM ${schema}.channel_atp a WHERE a.tenant = s.tenant AND a.sku = s.sku) AS channel_atp`;
const from = ({ schema }: Tables): string => `${schema}.stock s LEFT JOIN ${schema}.products p ON p.tenant = s.tenant AND p.sku = s.sku`;

const itemRow = (stored: StoredItem): ItemRow => ({
  ...stockRow(stored),
  expired: Number(stored.expired),
  name: stored.name,
  category: stored.category,
  barcode: stored.barcode,
  brandId: stored.brand_id,
  limits: stored.limits,
  channelAtp: stored.channel_atp ?? {},
});

/** Inventory items of a tenant, by SKU, then location. */
export async function findItems(tables: Tables, tenant: string, filter: ItemFilter, page: PageRequest): Promise<PageOf<ItemRow>> {
  const conditions = new Conditions()
    .where('s.tenant = ?', tenant)
    .where('s.sku = ?', filter.sku)
    .where('s.location_id = ?', filter.locationId)
    .where('p.brand_id = ?', filter.brandId)
    .where('(s.sku ILIKE ? OR p.name ILIKE ?)', containing(filter.search));
  const query = { select: select(tables), from: from(tables), order: 's.sku, s.location_id', conditions };
  const { rows, total } = await pageOfRows<StoredItem>(tables, query, page);
  return { rows: rows.map(itemRow), total };
}

/** One inventory item; undefined where the SKU never lay at the location. */
export async function findItem(tables: Tables, tenant: string, sku: string, locationId: string): Promise<ItemRow | undefined> {
  return (await findItems(tables, tenant, { sku, locationId }, { limit: 1, offset: 0 })).rows[0];
}

/** The item that an id names; of several that an old id may mean, the one with the longest SKU. */
export async function findItemById(tables: Tables, tenant: string, id: string): Promise<ItemRow | undefined> {
  const items = itemsOfId(id);
  if (items.length === 0) return undefined;
  const { rows } = await tables.pool.query<StoredItem>(
    `SELECT ${select(tables)} FROM ${from(tables)}
     WHERE s.tenant = $1 AND (s.sku, s.location_id) IN (SELECT * FROM unnest($2::text[], $3::text[])) ORDER BY length(s.sku) DESC LIMIT 1`,
    [tenant, items.map(({ sku }) => sku), items.map(({ locationId }) => locationId)],
  );
  return rows[0] === undefined ? undefined : itemRow(rows[0]);
}
