import { createHash } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { checkedSchema } from '../schema-name.js';
import { pastRetention } from '../storage/retention.js';
import { PLACE_COLUMNS } from '../storage/stored-place.js';

/** Columns that are compared; versions, positions and times only tell how and when a row was written. */
const FACTS: Readonly<Record<string, string>> = {
  products:
    'tenant, sku, name, category, barcode, brand_id, cost_minor, low_stock_threshold, removal_days, lot_control, verified, units, limits',
  locations: `tenant, location_id, name, kind, priority, time_zone, blocked, registered, ${PLACE_COLUMNS}`,
  channels: 'tenant, channel_id, name, channel_type, enabled, policy_id, buffer_units, buffer_percent, low_threshold, critical_threshold',
  stock: 'tenant, sku, location_id, on_hand, reserved, in_transit, safety_stock, held, held_units',
  positions: 'tenant, sku, location_id, lot_id, bin_id, units, expiry_date, extract(epoch from expires_at), expired',
  channel_atp: 'tenant, sku, channel_id, atp, locations',
  set_aside: 'stream, revision',
  reservations: 'tenant, reservation_id, order_id, status, channel_id, holder_id, lines, extract(epoch from expires_at)',
};

/** Rows are gathered in buckets, so that no value in Postgres grows with the table beyond a 4,096th of it. */
const BUCKETS = 4_096;

/**
 * SHA-256 over all facts of a read model, the same for the same facts in whatever order and turns they were written.
 * Run it inside a repeatable-read transaction to have it of one moment.
 */
export async function digest(database: Pool | ClientBase, schema: string): Promise<string> {
  const hash = createHash('sha256');
  const name = checkedSchema(schema);
  for (const [table, facts] of Object.entries(FACTS)) {
    // Rows past their retention may be missing in one of two read models, so they are left out.
    const where = table === 'reservations' ? `WHERE ${pastRetention(name)} IS NOT TRUE` : '';
    const { rows } = await database.query<{ bucket: number; digest: string }>(
      `SELECT bucket, md5(string_agg(fact, E'\\n' ORDER BY fact)) AS digest
       FROM (SELECT fact, hashtext(fact) & ${BUCKETS - 1} AS bucket
             FROM (SELECT ROW(${facts})::text COLLATE "C" AS fact FROM ${name}.${table} ${where}) facts) buckets
       GROUP BY bucket ORDER BY bucket`,
    );
    hash.update(`${table}\n`);
    for (const row of rows) hash.update(`${row.bucket} ${row.digest}\n`);
  }
  return hash.digest('hex');
}
