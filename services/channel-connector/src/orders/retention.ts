import type { Pool } from 'pg';
import { trimInPieces } from '../database/trim-in-pieces.js';

const PIECE = 1_000;

/** An order that somebody has to look at, or that is worked on, stays however old it is. */
const FORGET = `
  WITH old AS (
    SELECT tenant, channel_id, order_id FROM channels.channel_order
     WHERE updated_at < now() - $1 * interval '1 day' AND due_at IS NULL AND status <> 'uncovered'
     ORDER BY updated_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ), lines AS (
    DELETE FROM channels.channel_order_line l USING old
     WHERE l.tenant = old.tenant AND l.channel_id = old.channel_id AND l.order_id = old.order_id
  )
  DELETE FROM channels.channel_order o USING old
   WHERE o.tenant = old.tenant AND o.channel_id = old.channel_id AND o.order_id = old.order_id`;

/** Removes orders of channels of which nothing was told for so long. @returns how many */
export const trimOrders = (pool: Pool, days: number): Promise<number> =>
  trimInPieces(PIECE, async (most) => (await pool.query(FORGET, [days, most])).rowCount ?? 0);
