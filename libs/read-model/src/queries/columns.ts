import type { Tables } from './tables.js';
import { Conditions, containing } from './tables.js';

/** A SKU with its sums over the locations asked for. */
export interface ColumnRow {
  readonly sku: string;
  readonly name: string | null;
  readonly onHand: number;
  readonly reserved: number;
  /** Units that may not leave, by location, without locations that have none. */
  readonly held: Readonly<Record<string, number>>;
}

/** Figures of one column, one for each row; null where the column has none. */
export interface Column {
  readonly id: string;
  readonly figures: readonly (number | null)[];
}

export interface ColumnRowsFilter {
  readonly locationId?: string | undefined;
  /** Part of the SKU or of the product's name. */
  readonly search?: string | undefined;
}

interface StoredRow {
  readonly sku: string;
  readonly name: string | null;
  readonly on_hand: string;
  readonly reserved: string;
  readonly held: Readonly<Record<string, number>> | null;
}

/** Rows of a matrix by SKU: those that ever lay somewhere. */
export async function findColumnRows(
  { pool, schema }: Tables,
  tenant: string,
  filter: ColumnRowsFilter,
  limit: number,
): Promise<readonly ColumnRow[]> {
  const conditions = new Conditions()
    .where('s.tenant = ?', tenant)
    .where('s.location_id = ?', filter.locationId)
    .where('(s.sku ILIKE ? OR p.name ILIKE ?)', containing(filter.search));
  const { rows } = await pool.query<StoredRow>(
    `SELECT s.sku, min(p.name) AS name, sum(s.on_hand) AS on_hand, sum(s.reserved) AS reserved,
            jsonb_object_agg(s.location_id, s.held) FILTER (WHERE s.held > 0) AS held
     FROM ${schema}.stock s LEFT JOIN ${schema}.products p ON p.tenant = s.tenant AND p.sku = s.sku
     WHERE ${conditions.sql} GROUP BY s.sku ORDER BY s.sku LIMIT $${conditions.values.length + 1}`,
    [...conditions.values, limit],
  );
  return rows.map(({ sku, name, on_hand, reserved, held }) => ({
    sku,
    name,
    onHand: Number(on_hand),
    reserved: Number(reserved),
    held: held ?? {},
  }));
}

interface StoredColumn {
  readonly id: string;
  readonly figures: string;
}

/** One text for a column: tens of thousands of cells as rows of their own would take longer to read than to find. */
const columnOf = ({ id, figures }: StoredColumn): Column => ({
  id,
  figures: figures.split(',').map((figure) => (figure === '' ? null : Number(figure))),
});

/** What each enabled channel may promise of the SKUs given, in their order: over all locations, or from one. */
export async function findChannelColumns(
  { pool, schema }: Tables,
  tenant: string,
  skus: readonly string[],
  locationId: string | undefined,
): Promise<readonly Column[]> {
  const { rows } = await pool.query<StoredColumn>(
    `SELECT c.channel_id AS id, string_agg(CASE WHEN a.atp IS NULL THEN ''
              WHEN $3::text IS NULL THEN a.atp::text
              ELSE least(a.atp, coalesce((a.locations ->> $3)::bigint, 0))::text END, ',' ORDER BY k.n) AS figures
     FROM ${schema}.channels c CROSS JOIN unnest($2::text[]) WITH ORDINALITY k(sku, n)
     LEFT JOIN ${schema}.channel_atp a ON a.tenant = c.tenant AND a.channel_id = c.channel_id AND a.sku = k.sku COLLATE "C"
     WHERE c.tenant = $1 AND c.enabled GROUP BY c.channel_id ORDER BY c.channel_id`,
    [tenant, skus, locationId ?? null],
  );
  return rows.map(columnOf);
}

/** On hand less reserved and held of the SKUs given at each location that has any of them, in their order. */
export async function findLocationColumns({ pool, schema }: Tables, tenant: string, skus: readonly string[]): Promise<readonly Column[]> {
  const { rows } = await pool.query<StoredColumn>(
    `WITH places AS (SELECT DISTINCT location_id FROM ${schema}.stock WHERE tenant = $1 AND sku = ANY ($2))
     SELECT l.location_id AS id, string_agg(CASE WHEN s.sku IS NULL THEN '' ELSE greatest(0, s.on_hand - s.reserved - s.held)::text END, ',' ORDER BY k.n) AS figures
     FROM places l CROSS JOIN unnest($2::text[]) WITH ORDINALITY k(sku, n)
     LEFT JOIN ${schema}.stock s ON s.tenant = $1 AND s.sku = k.sku COLLATE "C" AND s.location_id = l.location_id
     GROUP BY l.location_id ORDER BY l.location_id`,
    [tenant, skus],
  );
  return rows.map(columnOf);
}
