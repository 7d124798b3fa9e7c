import type { Tables } from './tables.js';

export type ExportedKind = 'stock' | 'products' | 'locations';
export type ExportedRow = readonly (string | number | null)[];

interface Exported {
  readonly columns: readonly string[];
  /** The first cells of each row, by which the next page is found. */
  readonly keys: number;
  readonly sql: (schema: string) => string;
}

// Only what an import would leave as it is: a product becomes verified by an import, a location registered.
const EXPORTS: Readonly<Record<ExportedKind, Exported>> = {
  stock: {
    columns: ['sku', 'locationId', 'quantity'],
    keys: 2,
    sql: (schema) => `
      SELECT sku, location_id, on_hand::float8 FROM ${schema}.stock
       WHERE tenant = $1 AND (sku, location_id) > ($2, $3) ORDER BY sku, location_id LIMIT $4`,
  },
  products: {
    columns: [
      'sku',
      'locationId',
      'safetyStock',
      'name',
      'category',
      'barcode',
      'brandId',
      'costMinor',
      'lowStockThreshold',
      'units',
      'removalDays',
      'lotControl',
    ],
    keys: 2,
    sql: (schema) => `
      SELECT p.sku, s.location_id, s.safety_stock::float8, p.name, p.category, p.barcode, p.brand_id, p.cost_minor::float8,
             p.low_stock_threshold::float8,
             (SELECT string_agg((one ->> 'unit') || '=' || (one ->> 'units'), ';' ORDER BY at)
                FROM jsonb_array_elements(p.units) WITH ORDINALITY AS each (one, at)), p.removal_days,
             nullif(p.lot_control, 'none')
        FROM ${schema}.products p
        LEFT JOIN ${schema}.stock s ON s.tenant = p.tenant AND s.sku = p.sku AND s.safety_stock > 0
       WHERE p.tenant = $1 AND p.verified AND p.sku >= $2 AND (p.sku > $2 OR s.location_id > $3)
       ORDER BY p.sku, s.location_id LIMIT $4`,
  },
  locations: {
    columns: ['locationId', 'name', 'kind', 'priority', 'latitude', 'longitude', 'country', 'postalCode', 'region', 'timeZone', 'blocked'],
    keys: 1,
    sql: (schema) => `
      SELECT location_id, name, kind, priority, latitude, longitude, country, postal_code, region, time_zone,
             CASE WHEN blocked THEN 'true' END FROM ${schema}.locations
       WHERE tenant = $1 AND registered AND location_id > $2 ORDER BY location_id LIMIT $3`,
  },
};

const ROWS_AT_ONCE = 5_000;

/** Columns of an export, as an import takes them. */
export const exportedColumns = (kind: ExportedKind): readonly string[] => EXPORTS[kind].columns;

/** All rows of a kind, page by page, so that none of them is ever in memory as a whole. */
export async function* exportedRows({ pool, schema }: Tables, tenant: string, kind: ExportedKind): AsyncGenerator<readonly ExportedRow[]> {
  const { keys, sql } = EXPORTS[kind];
  let after: readonly unknown[] = Array.from({ length: keys }, () => '');
  for (;;) {
    const { rows } = await pool.query<(string | number | null)[]>({
      text: sql(schema),
      values: [tenant, ...after, ROWS_AT_ONCE],
      rowMode: 'array',
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    after = last.slice(0, keys);
  }
}
