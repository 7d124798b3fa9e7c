import type { Pool } from 'pg';
import type { ReservationRow, ReservationStatus } from '../fold/rows.js';
import { checkedSchema } from '../schema-name.js';

/** An ended reservation is shown this long after its last event, by the times of the log. Its events stay. */
export const RESERVATION_RETENTION_DAYS = 90;

const RETENTION_MS = RESERVATION_RETENTION_DAYS * 86_400_000;
const ENDED = ['committed', 'released', 'expired', 'refused'] as const satisfies readonly ReservationStatus[];
const CHUNK = 5_000;

const isEnded = (status: ReservationStatus): boolean => (ENDED as readonly string[]).includes(status);

/** Whether the row may have been removed before the event. Such a late event changes nothing, whether or not the row was removed yet. */
export const isPastRetention = (row: ReservationRow, at: number): boolean => isEnded(row.status) && row.updatedAt < at - RETENTION_MS;

/**
 * SQL that says of a row of `reservations` whether it may be gone. It goes by the newest event in the same tables, not by a clock, so that live and
 * rebuilt tables agree as of one position. Rows are found by when they were made, which no change of a row touches.
 */
export const pastRetention = (schema: string): string => {
  const until = `(SELECT recorded_at - interval '${RESERVATION_RETENTION_DAYS} days' FROM ${schema}.checkpoint)`;
  return `(created_at < ${until} AND updated_at < ${until} AND status IN (${ENDED.map((status) => `'${status}'`).join(', ')}))`;
};

/** Removes reservations past their retention, in pieces that hold no lock for long. @returns rows removed */
export async function trimReservations(pool: Pool, schemaName: string): Promise<number> {
  const schema = checkedSchema(schemaName);
  const text = `DELETE FROM ${schema}.reservations WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${schema}.reservations WHERE ${pastRetention(schema)} LIMIT ${CHUNK} FOR UPDATE SKIP LOCKED))`;
  for (let removed = 0; ;) {
    const { rowCount } = await pool.query(text);
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < CHUNK) return removed;
  }
}
