import type { Pool } from 'pg';
import { trimInPieces } from '../database/trim-in-pieces.js';
import { HISTORY_MAX_ROWS_PER_TENANT, HISTORY_RETENTION_DAYS } from '../limits.js';

const CHUNK = 20_000;

const TOO_OLD = `
  DELETE FROM channels.history WHERE id IN (
    SELECT id FROM channels.history WHERE at < now() - $1 * interval '1 day' LIMIT $2)`;

/** What each tenant has beyond its newest rows. A counted gap is one row a SKU and stays. */
const TOO_MANY = `
  DELETE FROM channels.history WHERE id IN (
    SELECT surplus.id
      FROM (SELECT tenant FROM channels.history GROUP BY tenant HAVING count(*) > $1) full_tenant
     CROSS JOIN LATERAL (
       SELECT id FROM channels.history h WHERE h.tenant = full_tenant.tenant AND operation <> 'mapping_missing'
        ORDER BY at DESC, id DESC OFFSET $1) surplus
     LIMIT $2)`;

/** Removes history beyond its bounds, in small pieces that do not block other work. @returns rows removed */
export async function trimHistory(
  pool: Pool,
  days: number = HISTORY_RETENTION_DAYS,
  rows: number = HISTORY_MAX_ROWS_PER_TENANT,
): Promise<number> {
  const remove = (statement: string, bound: number): Promise<number> =>
    trimInPieces(CHUNK, async (most) => (await pool.query(statement, [bound, most])).rowCount ?? 0);
  return (await remove(TOO_OLD, days)) + (await remove(TOO_MANY, rows));
}
