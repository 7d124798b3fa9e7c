import pg from 'pg';
import { DataSource, type EntitySchema } from 'typeorm';
import type { Database, DatabaseSchema } from '../port.js';

/** Connections of each service's data source; hot paths use the shared pool. */
const DATA_SOURCE_CONNECTIONS = 5;
const CONNECT_WITHIN_MS = 5_000;

/**
 * Adds an error listener to a connection in use. A query on a broken connection fails by itself, but a break between two queries emits an
 * error event, which would end the process without a listener; the pool itself listens on idle connections only.
 */
const listen = (client: pg.ClientBase): unknown => client.on('error', () => undefined);

/** A pool that outlives its connections: one that breaks is replaced. @param onFault told of idle ones that broke */
export function openPool(connectionString: string, max: number, onFault: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  pool.on('error', onFault);
  pool.on('connect', listen);
  return pool;
}

export interface OpenDatabase extends Database {
  close(): Promise<void>;
}

/** One Postgres for a process: a shared pool, and a data source per service with its own schema. */
export function openDatabase(connectionString: string, poolSize: number, onFault: (error: Error) => void): OpenDatabase {
  const pool = openPool(connectionString, poolSize, onFault);
  const opened: DataSource[] = [];
  return {
    connectionString,
    pool,
    async open(schema) {
      const source = dataSource(connectionString, schema, onFault);
      opened.push(source);
      await migrate(source, schema.name);
      return source;
    },
    async close() {
      await Promise.all(opened.filter((source) => source.isInitialized).map((source) => source.destroy()));
      await pool.end();
    },
  };
}

function dataSource(connectionString: string, schema: DatabaseSchema, onFault: (error: Error) => void): DataSource {
  return new DataSource({
    type: 'postgres',
    url: connectionString,
    schema: schema.name,
    entities: schema.entities.map((entity) => entity as EntitySchema),
    migrations: schema.migrations,
    migrationsTableName: 'migrations',
    // Entities of one schema only; the search path lets plain SQL of the service leave the schema's name out.
    extra: {
      max: DATA_SOURCE_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      options: `-c search_path=${schema.name},public`,
      onConnect: listen,
    },
    poolErrorHandler: onFault,
  });
}

/** Several instances of a service may start at once: the first migrates, the others wait. */
async function migrate(source: DataSource, schemaName: string): Promise<void> {
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock(hashtext($1))', [`holdfast migrations ${schemaName}`]);
    await runner.query(`create schema if not exists "${schemaName}"`);
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('select pg_advisory_unlock(hashtext($1))', [`holdfast migrations ${schemaName}`]);
    await runner.release();
  }
}
