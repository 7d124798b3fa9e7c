import type { Tables } from './tables.js';

/** Units in these bins of a location, over all SKUs, by bin; empty ones are left out. */
export async function unitsInBins(
  { pool, schema }: Tables,
  tenant: string,
  locationId: string,
  binIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const sql = `SELECT bin_id AS "binId", sum(units)::float8 AS units FROM ${schema}.positions
                WHERE tenant = $1 AND location_id = $2 AND bin_id = ANY ($3) AND units <> 0 GROUP BY bin_id`;
  const { rows } = await pool.query<{ readonly binId: string; readonly units: number }>(sql, [tenant, locationId, binIds]);
  return new Map(rows.map(({ binId, units }) => [binId, units]));
}
