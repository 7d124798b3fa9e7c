import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { startTestPostgres } from '@holdfast/testing';
import { channelsEntities, channelsSchema } from '../src/database/schema.js';

export interface TestDatabase {
  readonly pool: Pool;
  readonly source: DataSource;
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
    clear: async () => {
      await pool.query('TRUNCATE channels.channel, channels.listing, channels.history');
    },
    stop: async () => {
      await source.destroy();
      await postgres.stop();
    },
  };
}
