import type { Pool, PoolClient } from 'pg';
import { ALERT_PAUSE_MS } from './alert-rule.js';
import type { StockLevel } from './alert-rule.js';

export interface SkuKey {
  readonly tenant: string;
  readonly sku: string;
}

export interface AlertRow extends SkuKey {
  readonly level: StockLevel;
  readonly threshold: number;
  readonly changes: number;
  /** The level of the last alert. */
  readonly toldLevel: StockLevel;
  /** When the last alert of each level was sent, epoch milliseconds. */
  readonly toldAt: Readonly<Record<StockLevel, number | null>>;
}

const MAKE = `
  INSERT INTO workflow.stock_alert (tenant, sku)
  SELECT tenant, sku FROM unnest($1::text[], $2::text[]) AS t (tenant, sku) ORDER BY tenant, sku
  ON CONFLICT DO NOTHING`;

const LEVELS: readonly StockLevel[] = ['ok', 'low_stock', 'stock_out'];

const LOCK = `
  SELECT a.tenant, a.sku, a.level, coalesce(a.threshold, $3)::float8 AS threshold, a.changes, a.told_level AS "toldLevel",
         json_build_object(${LEVELS.map((level) => `'${level}', extract(epoch FROM a.${level}_told_at) * 1000`).join(', ')}) AS "toldAt"
    FROM workflow.stock_alert a JOIN unnest($1::text[], $2::text[]) AS t (tenant, sku) USING (tenant, sku)
   ORDER BY a.tenant, a.sku FOR UPDATE OF a`;

/**
 * Locks SKUs in one order for all. Locations of a SKU come over several partitions; the holder of the lock sees the figures of all
 * locations.
 */
export async function lockAlerts(client: PoolClient, skus: readonly SkuKey[], defaultThreshold: number): Promise<readonly AlertRow[]> {
  const keys = arrays(skus);
  await client.query({ name: 'make-alerts', text: MAKE, values: keys });
  return (await client.query<AlertRow>(LOCK, [...keys, defaultThreshold])).rows;
}

export interface Total extends SkuKey {
  /** Units over all locations; one that lacks units takes none from the others. Absent while no figure came. */
  readonly available: number;
  readonly at: number;
}

const TOTALS = `
  SELECT s.tenant, s.sku, sum(greatest(s.available, 0))::float8 AS available, extract(epoch FROM max(s.at))::float8 * 1000 AS at
    FROM workflow.stock s JOIN unnest($1::text[], $2::text[]) AS t (tenant, sku) USING (tenant, sku)
   GROUP BY s.tenant, s.sku`;

export async function totalsOf(client: PoolClient, skus: readonly SkuKey[]): Promise<readonly Total[]> {
  return (await client.query<Total>(TOTALS, arrays(skus))).rows;
}

export interface LevelChange extends SkuKey {
  readonly level: StockLevel;
  readonly at: number;
  /** Whether an alert is sent now. */
  readonly isTold: boolean;
}

const toldNow = (level: StockLevel): string =>
  `${level}_told_at = CASE WHEN t.is_told AND t.level = '${level}' THEN to_timestamp($6::float8 / 1000) ELSE a.${level}_told_at END`;

const CHANGE = `
  UPDATE workflow.stock_alert a
     SET level = t.level, told_level = CASE WHEN t.is_told THEN t.level ELSE a.told_level END, changes = a.changes + t.is_told::int,
         since = CASE WHEN t.level = a.level THEN a.since WHEN t.level <> 'ok' THEN to_timestamp(t.at / 1000) END,
         ${LEVELS.map(toldNow).join(', ')}
    FROM unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::boolean[]) AS t (tenant, sku, level, at, is_told)
   WHERE a.tenant = t.tenant AND a.sku = t.sku`;

export async function changeLevels(client: PoolClient, changes: readonly LevelChange[], now: number): Promise<void> {
  const columns = [changes.map(({ level }) => level), changes.map(({ at }) => at), changes.map(({ isTold }) => isTold)];
  await client.query(CHANGE, [...arrays(changes), ...columns, now]);
}

const UNTOLD = `
  SELECT tenant, sku FROM workflow.stock_alert
   WHERE told_level <> level
     AND coalesce(CASE level ${LEVELS.map((level) => `WHEN '${level}' THEN ${level}_told_at`).join(' ')} END, '-infinity')
         <= to_timestamp(($1::float8 - ${ALERT_PAUSE_MS}) / 1000)
   LIMIT $2`;

/** SKUs whose level differs from the last alert, and whose pause is over. */
export async function untoldLevels(pool: Pool, now: number, limit: number): Promise<readonly SkuKey[]> {
  return (await pool.query<SkuKey>(UNTOLD, [now, limit])).rows;
}

export interface Threshold extends SkuKey {
  readonly threshold: number;
  readonly position: bigint;
}

const THRESHOLD = `
  INSERT INTO workflow.stock_alert AS a (tenant, sku, threshold, threshold_position)
  SELECT tenant, sku, threshold, position
    FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS t (tenant, sku, threshold, position) ORDER BY tenant, sku
  ON CONFLICT (tenant, sku) DO UPDATE SET threshold = excluded.threshold, threshold_position = excluded.threshold_position
  WHERE excluded.threshold_position > a.threshold_position`;

/** Keeps the newest threshold of each SKU; each SKU at most once. */
export async function storeThresholds(client: PoolClient, thresholds: readonly Threshold[]): Promise<void> {
  const values = [
    ...arrays(thresholds),
    thresholds.map(({ threshold }) => threshold),
    thresholds.map(({ position }) => position.toString()),
  ];
  await client.query({ name: 'store-thresholds', text: THRESHOLD, values });
}

const arrays = (skus: readonly SkuKey[]): [string[], string[]] => [skus.map(({ tenant }) => tenant), skus.map(({ sku }) => sku)];
