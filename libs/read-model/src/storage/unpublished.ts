import type { Pool } from 'pg';
import type { Position } from '@holdfast/event-store';
import type { ChannelAtpRow, StockRow } from '../fold/rows.js';
import { checkedSchema } from '../schema-name.js';
import { channelAtpRow, stockRow } from './read-rows.js';
import type { StoredChannelAtp, StoredStock } from './read-rows.js';

const PAGE = 5_000;

async function* pages<Stored extends object>(
  pool: Pool,
  table: string,
  keys: readonly [string, string, string],
  after: Position,
  keyOf: (row: Stored) => readonly [string, string, string],
): AsyncGenerator<readonly Stored[]> {
  const list = keys.join(', ');
  let last: readonly string[] = ['', '', ''];
  for (;;) {
    const { rows } = await pool.query<Stored>(
      `SELECT * FROM ${table} WHERE position > $1 AND (${list}) > ($2, $3, $4) ORDER BY ${list} LIMIT ${PAGE}`,
      [after, ...last],
    );
    if (rows.length > 0) yield rows;
    const newest = rows.at(-1);
    if (newest === undefined || rows.length < PAGE) return;
    last = keyOf(newest);
  }
}

/** Stock rows that changed after a position, page by page. */
export async function* stockChangedAfter(pool: Pool, schema: string, after: Position): AsyncGenerator<readonly StockRow[]> {
  const table = `${checkedSchema(schema)}.stock`;
  const key = (row: StoredStock): readonly [string, string, string] => [row.tenant, row.sku, row.location_id];
  for await (const page of pages<StoredStock>(pool, table, ['tenant', 'sku', 'location_id'], after, key)) yield page.map(stockRow);
}

/** Channel ATP rows that changed after a position, page by page. */
export async function* channelAtpChangedAfter(pool: Pool, schema: string, after: Position): AsyncGenerator<readonly ChannelAtpRow[]> {
  const table = `${checkedSchema(schema)}.channel_atp`;
  const key = (row: StoredChannelAtp): readonly [string, string, string] => [row.tenant, row.sku, row.channel_id];
  for await (const page of pages<StoredChannelAtp>(pool, table, ['tenant', 'sku', 'channel_id'], after, key)) yield page.map(channelAtpRow);
}
