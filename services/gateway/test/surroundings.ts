import {
  createLogger,
  createMetrics,
  HealthRegistry,
  loadConfig,
  MemoryIdempotencyStore,
  type Environment,
  type Logger,
} from '@holdfast/platform';
import type { Database } from '@holdfast/runtime';
import type { TestPostgres } from '@holdfast/testing';
import { DataSource, type EntitySchema } from 'typeorm';
import type { GatewayRuntime } from '../src/gateway.js';

const databaseOf = (postgres: TestPostgres, opened: DataSource[]): Database => ({
  connectionString: postgres.connectionString,
  pool: postgres.pool(),
  async open(schema) {
    const source = new DataSource({
      type: 'postgres',
      url: postgres.connectionString,
      schema: schema.name,
      entities: schema.entities.map((entity) => entity as EntitySchema),
      migrations: schema.migrations,
      poolErrorHandler: () => undefined,
    });
    await source.initialize();
    await source.query(`create schema if not exists "${schema.name}"`);
    await source.runMigrations();
    opened.push(source);
    return source;
  },
});

export interface Surroundings extends GatewayRuntime {
  readonly logger: Logger;
  close(): Promise<void>;
}

/** What a gateway needs around it, with a clock that tests move. */
export function surroundings(postgres: TestPostgres, clock: { now: () => number }, environment: Environment = {}): Surroundings {
  const opened: DataSource[] = [];
  const config = loadConfig({ HOLDFAST_LOG_LEVEL: 'silent', ...environment });
  return {
    config,
    clock,
    logger: createLogger(config, 'gateway'),
    metrics: createMetrics(),
    health: new HealthRegistry(),
    idempotency: new MemoryIdempotencyStore(),
    database: databaseOf(postgres, opened),
    async close() {
      await Promise.all(opened.map((source) => source.destroy()));
    },
  };
}
