import { booleanArray, float8Array, int4Array, int8Array, jsonbArray, textArray } from '@holdfast/kit';
import type { ClientBase, Pool } from 'pg';
import type { ChangeSet } from '../fold/change-set.js';
import type { CheckpointMove } from './checkpoint.js';
import { Fenced } from './checkpoint.js';
import type { Column, Table } from './row-tables.js';
import { channelAtp, locations, positions, products, reservations, stock } from './row-tables.js';

/** Times are sent as epoch milliseconds, which need no formatting. */
const arrayType = <Row>({ type }: Column<Row>): string => (type === 'time' ? 'bigint' : type);
const stored = <Row>({ name, type }: Column<Row>): string => (type === 'time' ? `to_timestamp(${name}::double precision / 1000)` : name);

/** Any number of rows at once: an array a column, unnested, inserted or updated by key. */
function upsert<Row>(schema: string, table: Table<Row>, firstParameter: number): string {
  const names = table.columns.map(({ name }) => name);
  const arrays = table.columns.map((column, index) => `$${firstParameter + index}::${arrayType(column)}[]`);
  const changed = names.filter((name) => !table.keys.includes(name) && name !== 'created_at');
  return `INSERT INTO ${schema}.${table.name} (${names.join(', ')})
          SELECT ${table.columns.map(stored).join(', ')} FROM unnest(${arrays.join(', ')}) AS changed (${names.join(', ')})
          WHERE EXISTS (SELECT 1 FROM moved)
          ON CONFLICT (${table.keys.join(', ')}) DO UPDATE SET ${changed.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`;
}

const columnsOf = <Row>({ columns }: Table<Row>, rows: readonly Row[]): readonly Buffer[] => columns.map((column) => array(column, rows));

function array<Row>(column: Column<Row>, rows: readonly Row[]): Buffer {
  switch (column.type) {
    case 'text':
      return textArray(rows.map(column.value));
    case 'jsonb':
      return jsonbArray(rows.map(column.value));
    case 'bigint':
    case 'time':
      return int8Array(rows.map(column.value));
    case 'integer':
      return int4Array(rows.map(column.value));
    case 'double precision':
      return float8Array(rows.map(column.value));
    case 'boolean':
      return booleanArray(rows.map(column.value));
    default:
      return column satisfies never;
  }
}

const MOVE = 5;

/** The whole turn in one statement: each answer that is awaited costs a round of a busy event loop. */
function turnSql(schema: string): string {
  const tables = [products, locations, stock, positions, channelAtp, reservations] as const;
  let parameter = MOVE + 1;
  const writes = tables.map((table) => {
    const sql = `${table.name}_written AS (${upsert(schema, table as Table<never>, parameter)})`;
    parameter += table.columns.length;
    return sql;
  });
  return `WITH moved AS (
            UPDATE ${schema}.checkpoint SET position = $1, published_position = $2, recorded_at = coalesce(to_timestamp($3::double precision / 1000), recorded_at)
            WHERE id = 1 AND epoch = $4 AND position = $5 RETURNING 1),
          ${writes.join(',\n')}
          SELECT count(*) AS moved FROM moved`;
}

/**
 * Writes changed rows and moves the checkpoint, all or nothing. The rows wait for the checkpoint's row lock, which keeps a rebuild
 * and a projector apart, and are left alone when it is not as this writer left it.
 * @param schema checked name of the read model's schema
 * @throws Fenced when another projector or a rebuild has taken over
 */
export async function writeTurn(database: Pool | ClientBase, schema: string, changes: ChangeSet, move: CheckpointMove): Promise<void> {
  const stockRows = changes.stock.map(({ row }) => row);
  const { rows } = await database.query<{ moved: string }>({
    name: `${schema} turn`,
    text: turnSql(schema),
    values: [
      ...[move.to, move.published, move.recordedAt ?? null, move.epoch, move.from],
      ...columnsOf(products, changes.products),
      ...columnsOf(locations, changes.locations),
      ...columnsOf(stock, stockRows),
      ...columnsOf(positions, changes.positions),
      ...columnsOf(channelAtp, changes.channelAtp),
      ...columnsOf(reservations, changes.reservations),
    ],
  });
  if (rows[0]?.moved !== '1') throw new Fenced();
}
