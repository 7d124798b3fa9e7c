import type { Pool } from 'pg';
import type { EventStore } from '@holdfast/event-store';
import { catchUp } from '../src/rebuild/catch-up.js';

/** Projects everything that the store holds. */
export async function projectAll(pool: Pool, store: EventStore, schema = 'read_model'): Promise<number> {
  return catchUp({ pool, schema, eventStore: store, onPage: () => undefined }, await store.head());
}

/** Rows of a table as plain values, without times. */
export async function rowsOf(
  pool: Pool,
  table: string,
  columns: string,
  order: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { rows } = await pool.query<Record<string, unknown>>(`SELECT ${columns} FROM ${table} ORDER BY ${order}`);
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, isDigits(value) ? Number(value) : value])));
}

const isDigits = (value: unknown): boolean => typeof value === 'string' && /^-?\d+$/.test(value);
