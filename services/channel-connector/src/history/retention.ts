import type { Pool } from 'pg';
import { trimInPieces } from '../database/trim-in-pieces.js';
import { HISTORY_MAX_ROWS_PER_TENANT, HISTORY_RETENTION_DAYS } from '../limits.js';

const CHUNK = 20_000;

/** An open conflict is listed nowhere else, so its row stays until somebody has decided it. There is one at most for each listing. */
const IS_NOT_OPEN = `(h.conflict_id IS NULL OR NOT EXISTS (
        SELECT FROM channels.conflict c WHERE c.tenant = h.tenant AND c.conflict_id = h.conflict_id AND c.resolved_at IS NULL))`;

const TOO_OLD = `
  DELETE FROM channels.history WHERE id IN (
    SELECT id FROM channels.history h WHERE at < now() - $1 * interval '1 day' AND ${IS_NOT_OPEN} LIMIT $2)`;

/** What each tenant has beyond its newest rows. A counted gap is one row a SKU and stays. */
const TOO_MANY = `
  DELETE FROM channels.history WHERE id IN (
    SELECT surplus.id
      FROM (SELECT tenant FROM channels.history GROUP BY tenant HAVING count(*) > $1) full_tenant
     CROSS JOIN LATERAL (
       SELECT id FROM channels.history h
        WHERE h.tenant = full_tenant.tenant AND operation <> 'mapping_missing' AND ${IS_NOT_OPEN}
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
