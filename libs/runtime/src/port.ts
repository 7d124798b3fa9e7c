import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import type { DataSource, EntityTarget, MixedList, ObjectLiteral } from 'typeorm';
import type { Clock, Sealer } from '@holdfast/kit';
import type { EventStore } from '@holdfast/event-store';
import type { Bus } from '@holdfast/messaging';
import type { SkuLedger } from '@holdfast/ledger';
import type { LedgerTurns } from './ledger-turns.js';
import type { HealthRegistry, HoldfastConfig, IdempotencyStore, Logger, Metrics, ServiceName } from '@holdfast/platform';

/** Engines and surroundings of a process; services are given it and make none of it themselves. */
export interface Runtime {
  readonly config: HoldfastConfig;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: HealthRegistry;
  readonly clock: Clock;
  /** Seals what must not be readable in the database; undefined where the process was given no key. */
  readonly sealer: Sealer | undefined;
  readonly eventStore: EventStore;
  readonly bus: Bus;
  readonly ledger: SkuLedger;
  /** What the ledger's queues do. */
  readonly turns: Pick<LedgerTurns, 'listen'>;
  readonly database: Database;
  /** Answers of keyed requests, in Postgres. */
  readonly idempotency: IdempotencyStore;
  /** Stops everything this runtime started, embedded engines last. */
  stop(): Promise<void>;
}

export interface DatabaseSchema {
  /** Postgres schema that the service owns. It also contains its migrations table. */
  readonly name: string;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  /** TypeORM migration classes, run in order under an advisory lock before the data source is handed out. */
  readonly migrations: MixedList<new () => object>;
}

export interface Database {
  readonly connectionString: string;
  /** Shared pool for hot paths written in SQL. */
  readonly pool: Pool;
  /** Opens a data source with the schema as search path, with its migrations run. Closed by the runtime. */
  open(schema: DatabaseSchema): Promise<DataSource>;
}

/** A service as the standalone process and its own process start it. */
export interface ServiceDefinition {
  readonly name: ServiceName;
  start(runtime: Runtime): Promise<RunningService>;
}

export interface RunningService {
  /** Initialised, not listening; the caller decides whether it listens or is called in process. */
  readonly app: NestFastifyApplication;
  /** Stops consumers and timers, then the application. Resolves when no work of it runs any more. */
  stop(): Promise<void>;
}
