import { textArray } from '@holdfast/kit';
import type { StockLevel, StockTelling } from '@holdfast/warehouse';
import type { Pool, PoolClient } from 'pg';

/** A SKU over all its locations (`locationId` is empty), or at one that a rule covers. */
export interface SubjectKey {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
}

export interface SubjectRow extends SubjectKey {
  /** By the figures alone. */
  readonly level: StockLevel;
  /** Null: the SKU is well, and nothing waits to be told. */
  readonly telling: StockTelling | null;
  /** Messages about this subject so far. */
  readonly changes: number;
  readonly productThreshold: number | null;
  /** The most specific rule that covers it. */
  readonly ruleId: string | null;
  readonly ruleThreshold: number | null;
  readonly ruleIsForSku: boolean | null;
}

const RULES_STAND = `
  SELECT pg_advisory_xact_lock_shared(hashtextextended('holdfast alert rules ' || tenant, 0))
    FROM (SELECT DISTINCT tenant FROM unnest($1::text[]) AS t (tenant) ORDER BY tenant) tenants`;

/** Rules of these tenants do not change until the transaction ends. */
export async function keepRules(client: PoolClient, tenants: readonly string[]): Promise<void> {
  await client.query({ name: 'keep-rules', text: RULES_STAND, values: [tenants] });
}

/** Waits until nobody compares stock with the rules of the tenant, and keeps others from it until the transaction ends. */
export async function changeRules(client: PoolClient, tenant: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('holdfast alert rules ' || $1, 0))`, [tenant]);
}

const COVERS = (sku: string, category: string): string => `(r.sku = ${sku} OR (r.sku = '' AND r.category IN ('', ${category})))`;

const MAKE = `
  INSERT INTO workflow.stock_alert (tenant, sku, location_id)
  SELECT tenant, sku, location_id FROM (
    SELECT tenant, sku, '' AS location_id FROM unnest($1::text[], $2::text[]) AS t (tenant, sku)
    UNION
    SELECT t.tenant, t.sku, t.location_id FROM unnest($1::text[], $2::text[], $3::text[]) AS t (tenant, sku, location_id)
      LEFT JOIN workflow.stock_alert p ON p.tenant = t.tenant AND p.sku = t.sku AND p.location_id = ''
     WHERE t.location_id <> '' AND EXISTS (
       SELECT FROM workflow.alert_rule r
        WHERE r.tenant = t.tenant AND r.location_id = t.location_id AND r.enabled AND ${COVERS('t.sku', 'p.category')})
  ) made ORDER BY location_id, tenant, sku
  ON CONFLICT DO NOTHING`;

/** The most specific rule `r` that covers subject `a`. @param product row of the SKU over all locations, with its category */
export const ruleOf = (product: string): string => `
    LEFT JOIN LATERAL (
      SELECT r.rule_id, r.threshold, r.sku FROM workflow.alert_rule r
       WHERE r.tenant = a.tenant AND r.location_id = a.location_id AND r.enabled AND ${COVERS('a.sku', `${product}.category`)}
       ORDER BY r.sku DESC, r.category DESC LIMIT 1) r ON true`;

const LOCK = `
  SELECT a.tenant, a.sku, a.location_id AS "locationId", a.level, a.telling, a.changes, p.threshold::float8 AS "productThreshold",
         r.rule_id AS "ruleId", r.threshold::float8 AS "ruleThreshold", r.sku <> '' AS "ruleIsForSku"
    FROM workflow.stock_alert a
    JOIN (SELECT tenant, sku, location_id FROM unnest($1::text[], $2::text[], $3::text[]) AS t (tenant, sku, location_id)
           UNION SELECT tenant, sku, '' FROM unnest($1::text[], $2::text[]) AS t (tenant, sku)) t USING (tenant, sku, location_id)
    LEFT JOIN workflow.stock_alert p ON p.tenant = a.tenant AND p.sku = a.sku AND p.location_id = ''
    ${ruleOf('p')}
   ORDER BY a.location_id, a.tenant, a.sku FOR UPDATE OF a`;

/**
 * Locks the subjects that figures of these SKUs and locations concern, in one order for all: those over all locations first. Locations of a SKU come over several
 * partitions; the holder of the lock sees the figures of all locations.
 */
export async function lockSubjects(client: PoolClient, touched: readonly SubjectKey[]): Promise<readonly SubjectRow[]> {
  const keys = arrays(touched);
  await client.query({ name: 'make-alerts', text: MAKE, values: keys });
  return (await client.query<SubjectRow>({ name: 'lock-alerts', text: LOCK, values: keys })).rows;
}

export interface Total extends SubjectKey {
  /** Units; a location that lacks units takes none from the others. A subject without a figure has no total. */
  readonly available: number;
  readonly at: number;
}

const TOTALS = `
  SELECT t.tenant, t.sku, t.location_id AS "locationId", sum(greatest(s.available, 0))::float8 AS available,
         extract(epoch FROM max(s.at))::float8 * 1000 AS at
    FROM unnest($1::text[], $2::text[], $3::text[]) AS t (tenant, sku, location_id)
    JOIN workflow.stock s ON s.tenant = t.tenant AND s.sku = t.sku AND t.location_id IN ('', s.location_id)
   GROUP BY t.tenant, t.sku, t.location_id`;

export async function totalsOf(client: PoolClient, subjects: readonly SubjectKey[]): Promise<readonly Total[]> {
  return (await client.query<Total>({ name: 'alert-totals', text: TOTALS, values: arrays(subjects) })).rows;
}

export interface SubjectChange extends SubjectKey {
  readonly level: StockLevel;
  readonly telling: StockTelling | null;
  readonly dueAt: number | null;
  readonly changes: number;
  readonly at: number;
}

const CHANGE = `
  UPDATE workflow.stock_alert a
     SET level = t.level, telling = t.telling, due_at = to_timestamp(t.due_at / 1000), changes = t.changes,
         since = CASE WHEN t.level = a.level THEN a.since WHEN t.level <> 'ok' THEN to_timestamp(t.at / 1000) END
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::float8[], $7::int[], $8::float8[])
      AS t (tenant, sku, location_id, level, telling, due_at, changes, at)
   WHERE a.tenant = t.tenant AND a.sku = t.sku AND a.location_id = t.location_id`;

export async function changeSubjects(client: PoolClient, changes: readonly SubjectChange[]): Promise<void> {
  await client.query(CHANGE, [
    ...arrays(changes),
    changes.map(({ level }) => level),
    changes.map(({ telling }) => (telling === null ? null : JSON.stringify(telling))),
    changes.map(({ dueAt }) => dueAt),
    changes.map(({ changes: count }) => count),
    changes.map(({ at }) => at),
  ]);
}

const DUE = `
  SELECT tenant, sku, location_id AS "locationId" FROM workflow.stock_alert WHERE due_at <= to_timestamp($1::float8 / 1000) LIMIT $2`;

/** Subjects with a change that had to wait and is due. */
export async function dueSubjects(pool: Pool, now: number, limit: number): Promise<readonly SubjectKey[]> {
  return (await pool.query<SubjectKey>(DUE, [now, limit])).rows;
}

export const arrays = (keys: readonly SubjectKey[]): [Buffer, Buffer, Buffer] => [
  textArray(keys.map(({ tenant }) => tenant)),
  textArray(keys.map(({ sku }) => sku)),
  textArray(keys.map(({ locationId }) => locationId)),
];
