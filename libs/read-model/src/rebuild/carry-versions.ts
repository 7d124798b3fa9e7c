import type { ClientBase, Pool } from 'pg';
import type { Position } from '@holdfast/event-store';

interface Versioned {
  readonly table: string;
  readonly keys: readonly string[];
  readonly figures: readonly string[];
}

const VERSIONED: readonly Versioned[] = [
  { table: 'stock', keys: ['tenant', 'sku', 'location_id'], figures: ['on_hand', 'reserved', 'in_transit', 'safety_stock', 'held'] },
  { table: 'channel_atp', keys: ['tenant', 'sku', 'channel_id'], figures: ['atp', 'locations'] },
];

const same = (keys: readonly string[]): string => keys.map((key) => `n.${key} = l.${key}`).join(' AND ');
const list = (row: string, columns: readonly string[]): string => `(${columns.map((column) => `${row}.${column}`).join(', ')})`;

/** Copies versions as they are now; the live tables may move on. It only leaves less to do for `settleVersions`. */
export async function copyVersions(database: Pool, live: string, next: string): Promise<void> {
  for (const { table, keys } of VERSIONED) {
    await database.query(
      `UPDATE ${next}.${table} n SET version = l.version, position = l.position FROM ${live}.${table} l
       WHERE ${same(keys)} AND (n.version, n.position) <> (l.version, l.position)`,
    );
  }
}

/**
 * Gives every row the version that its topic key goes on with: the live one where the figures agree, one more where they do not,
 * so that the difference is published. The live tables must not change after `position`.
 * @returns rows to be published anew
 */
export async function settleVersions(client: ClientBase, live: string, next: string, position: Position): Promise<number> {
  let anew = 0;
  for (const { table, keys, figures } of VERSIONED) {
    const differs = `${list('n', figures)} <> ${list('l', figures)}`;
    await client.query(
      `UPDATE ${next}.${table} n SET version = l.version, position = l.position FROM ${live}.${table} l
       WHERE ${same(keys)} AND NOT (${differs}) AND (n.version, n.position) <> (l.version, l.position)`,
    );
    const changed = await client.query(
      `UPDATE ${next}.${table} n SET version = l.version + 1, position = $1 FROM ${live}.${table} l WHERE ${same(keys)} AND ${differs}`,
      [position],
    );
    const added = await client.query(
      `UPDATE ${next}.${table} n SET version = 1, position = $1
       WHERE NOT EXISTS (SELECT 1 FROM ${live}.${table} l WHERE ${same(keys)})`,
      [position],
    );
    anew += (changed.rowCount ?? 0) + (added.rowCount ?? 0);
  }
  return anew;
}
