import pg, { type Pool } from 'pg';
import { DataSource } from 'typeorm';
import { startFaultProxy, startTestPostgres, type FaultProxy } from '@holdfast/testing';
import { channelsEntities, channelsSchema } from '../src/database/schema.js';

export interface TestDatabase {
  readonly pool: Pool;
  readonly source: DataSource;
  /** A way to the database that a test can cut. */
  breakable(): Promise<{ readonly pool: Pool; readonly proxy: FaultProxy; stop(): Promise<void> }>;
  /** Empties every table. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}

/** A Postgres with the connector's tables. */
export async function startDatabase(): Promise<TestDatabase> {
  const postgres = await startTestPostgres();
  const pool = postgres.pool();
  await pool.query(`CREATE SCHEMA ${channelsSchema.name}`);
  const source = new DataSource({
    type: 'postgres',
    url: postgres.connectionString,
    schema: channelsSchema.name,
    entities: channelsEntities,
    migrations: channelsSchema.migrations,
  });
  await source.initialize();
  await source.runMigrations();
  return {
    pool,
    source,
    breakable: () => breakable(postgres.connectionString),
    clear: async () => {
      await pool.query('TRUNCATE channels.channel, channels.listing, channels.history');
    },
    stop: async () => {
      await source.destroy();
      await postgres.stop();
    },
  };
}

async function breakable(connectionString: string) {
  const url = new URL(connectionString);
  const socketFolder = url.searchParams.get('host');
  const proxy = await startFaultProxy(socketFolder === null ? Number(url.port) : `${socketFolder}/.s.PGSQL.5432`);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  const pool = new pg.Pool({ connectionString: url.toString(), connectionTimeoutMillis: 1_000 });
  pool.on('error', () => undefined);
  return {
    pool,
    proxy,
    stop: async () => {
      await pool.end();
      await proxy.close();
    },
  };
}
