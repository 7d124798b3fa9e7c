import type { PageOf, PageRequest, Tables } from './tables.js';
import { Conditions, containing, pageOfRows } from './tables.js';

/** Units of a lot, in a bin, at a location; with neither, those of the location that are in no position. */
export interface PositionItem {
  readonly sku: string;
  readonly locationId: string;
  readonly lotId: string | null;
  readonly binId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface PositionFilter {
  readonly sku?: string | undefined;
  readonly locationId?: string | undefined;
  readonly lotId?: string | undefined;
  readonly binId?: string | undefined;
}

interface Stored {
  readonly sku: string;
  readonly location_id: string;
  readonly lot_id: string;
  readonly bin_id: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Every position with units, and the rest of each location that has any or no position at all. */
const everywhere = ({ schema }: Tables): string => `(
  SELECT tenant, sku, location_id, lot_id, bin_id, created_at, updated_at FROM ${schema}.positions WHERE units <> 0
  UNION ALL
  SELECT s.tenant, s.sku, s.location_id, '', '', s.created_at, s.updated_at
  FROM ${schema}.stock s
  LEFT JOIN LATERAL (SELECT sum(units) AS units FROM ${schema}.positions p
                     WHERE p.tenant = s.tenant AND p.sku = s.sku AND p.location_id = s.location_id AND p.units <> 0) a ON true
  WHERE a.units IS NULL OR a.units <> s.on_hand) i`;

/** Positions of a tenant, by SKU, location, lot and bin. Their figures are those of the SKU, not of these tables. */
export async function findPositions(
  tables: Tables,
  tenant: string,
  filter: PositionFilter,
  page: PageRequest,
): Promise<PageOf<PositionItem>> {
  const conditions = new Conditions()
    .where('i.tenant = ?', tenant)
    .where('i.sku = ?', filter.sku)
    .where('i.location_id = ?', filter.locationId)
    .where('i.lot_id = ?', filter.lotId)
    .where('i.bin_id = ?', filter.binId);
  const order = 'i.sku, i.location_id, i.lot_id, i.bin_id';
  const { rows, total } = await pageOfRows<Stored>(tables, { select: 'i.*', from: everywhere(tables), order, conditions }, page);
  return {
    total,
    rows: rows.map((row) => ({
      sku: row.sku,
      locationId: row.location_id,
      lotId: row.lot_id === '' ? null : row.lot_id,
      binId: row.bin_id === '' ? null : row.bin_id,
      createdAt: row.created_at.getTime(),
      updatedAt: row.updated_at.getTime(),
    })),
  };
}

/** A lot at a location that is expired, or will be. */
export interface ExpiringLot {
  readonly sku: string;
  readonly name: string | null;
  readonly costMinor: number | null;
  readonly locationId: string;
  readonly lotId: string;
  readonly expiryDate: string | null;
  readonly expiresAt: number;
  readonly units: number;
  /** Promised units of the location that no units that may leave cover. */
  readonly uncovered: number;
}

interface StoredExpiring {
  readonly sku: string;
  readonly name: string | null;
  readonly cost_minor: string | null;
  readonly location_id: string;
  readonly lot_id: string;
  readonly expiry_date: string | null;
  readonly expires_at: Date;
  readonly units: string;
  readonly uncovered: string;
}

export interface ExpiringFilter {
  readonly sku?: string | undefined;
  readonly locationId?: string | undefined;
  readonly search?: string | undefined;
  /** Epoch milliseconds: expired after it, or not before it, and before or at the last. */
  readonly after?: number | undefined;
  readonly until: number;
}

/** Lots that expire in that time, those first that expire first. A lot in several bins is one row. */
export async function findExpiringLots(
  tables: Tables,
  tenant: string,
  filter: ExpiringFilter,
  page: PageRequest,
): Promise<PageOf<ExpiringLot>> {
  const lots = `(
    SELECT p.tenant, p.sku, p.location_id, p.lot_id, min(p.expiry_date) AS expiry_date, min(p.expires_at) AS expires_at, sum(p.units) AS units,
           d.name, d.cost_minor, greatest(0, s.reserved - (s.on_hand - s.held)) AS uncovered
    FROM ${tables.schema}.positions p
    JOIN ${tables.schema}.products d ON d.tenant = p.tenant AND d.sku = p.sku
    JOIN ${tables.schema}.stock s ON s.tenant = p.tenant AND s.sku = p.sku AND s.location_id = p.location_id
    WHERE p.tenant = $1 AND p.units > 0 AND p.expires_at IS NOT NULL
    GROUP BY p.tenant, p.sku, p.location_id, p.lot_id, d.name, d.cost_minor, s.reserved, s.on_hand, s.held) l`;
  const conditions = new Conditions()
    .where('l.tenant = ?', tenant)
    .where('l.sku = ?', filter.sku)
    .where('l.location_id = ?', filter.locationId)
    .where('(l.sku ILIKE ? OR l.name ILIKE ?)', containing(filter.search))
    .where('l.expires_at > ?', filter.after === undefined ? undefined : new Date(filter.after))
    .where('l.expires_at <= ?', new Date(filter.until));
  const query = { select: 'l.*', from: lots, order: 'l.expires_at, l.sku, l.location_id, l.lot_id', conditions };
  const { rows, total } = await pageOfRows<StoredExpiring>(tables, query, page);
  return {
    total,
    rows: rows.map((row) => ({
      sku: row.sku,
      name: row.name,
      costMinor: row.cost_minor === null ? null : Number(row.cost_minor),
      locationId: row.location_id,
      lotId: row.lot_id,
      expiryDate: row.expiry_date,
      expiresAt: row.expires_at.getTime(),
      units: Number(row.units),
      uncovered: Number(row.uncovered),
    })),
  };
}
