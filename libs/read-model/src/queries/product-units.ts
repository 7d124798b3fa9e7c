import type { ProductUnit } from '@holdfast/inventory';
import type { Tables } from './tables.js';

/** Whether any product of the tenant has units of measure. */
export async function hasProductUnits({ pool, schema }: Tables, tenant: string): Promise<boolean> {
  const sql = `SELECT 1 FROM ${schema}.products WHERE tenant = $1 AND units IS NOT NULL LIMIT 1`;
  return (await pool.query(sql, [tenant])).rows.length > 0;
}

/** Units of measure of those of the SKUs that have any. */
export async function productUnits(
  { pool, schema }: Tables,
  tenant: string,
  skus: readonly string[],
): Promise<ReadonlyMap<string, readonly ProductUnit[]>> {
  const sql = `SELECT sku, units FROM ${schema}.products WHERE tenant = $1 AND sku = ANY ($2) AND units IS NOT NULL`;
  const { rows } = await pool.query<{ readonly sku: string; readonly units: readonly ProductUnit[] }>(sql, [tenant, skus]);
  return new Map(rows.map(({ sku, units }) => [sku, units]));
}
