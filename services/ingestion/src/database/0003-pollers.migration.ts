import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Pollers1700000000003 implements MigrationInterface {
  readonly name = 'Pollers1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['poll_reappraisals', 'poll_seen', 'poll_figures', 'poll_runs', 'pollers'])
      await runner.query(`DROP TABLE ingestion.${table}`);
    await runner.query('DROP INDEX ingestion.warehouse_mappings_location');
  }
}

const TABLES = [
  // `credentials`: sealed. `failures`: runs in a row that failed. `read_at`: end of the last run that came to its end.
  // `silent_since`: an alert said that it was not read since then. `since`: where the next scan of changes begins. `settled_at`: when posting lag or mappings changed last.
  `CREATE TABLE ingestion.pollers (
     tenant text NOT NULL,
     connection_id text NOT NULL,
     interval_ms integer NOT NULL,
     settings jsonb NOT NULL,
     credentials text NOT NULL,
     enabled boolean NOT NULL,
     next_at timestamptz NOT NULL DEFAULT now(),
     failures integer NOT NULL DEFAULT 0,
     fault text,
     read_at timestamptz,
     since text,
     settled_at timestamptz NOT NULL DEFAULT now(),
     created_at timestamptz NOT NULL DEFAULT now(),
     silent_since timestamptz,
     PRIMARY KEY (tenant, connection_id),
     FOREIGN KEY (tenant, connection_id) REFERENCES ingestion.connections (tenant, id))`,
  'CREATE INDEX pollers_next ON ingestion.pollers (next_at) WHERE enabled',

  // `cursor`: where the run goes on; `pages`: pages that were taken in; `attempts`: of the page that it stands before.
  `CREATE TABLE ingestion.poll_runs (
     tenant text NOT NULL,
     connection_id text NOT NULL,
     id uuid NOT NULL,
     status text NOT NULL DEFAULT 'running',
     started_at timestamptz NOT NULL DEFAULT now(),
     finished_at timestamptz,
     cursor text,
     pages integer NOT NULL DEFAULT 0,
     attempts integer NOT NULL DEFAULT 0,
     not_before timestamptz NOT NULL DEFAULT now(),
     first_as_of bigint,
     rows_read bigint NOT NULL DEFAULT 0,
     changed bigint NOT NULL DEFAULT 0,
     refused bigint NOT NULL DEFAULT 0,
     parked bigint NOT NULL DEFAULT 0,
     skew_ms bigint,
     refusals jsonb NOT NULL DEFAULT '[]',
     error text,
     PRIMARY KEY (tenant, id))`,
  `CREATE UNIQUE INDEX poll_runs_running ON ingestion.poll_runs (tenant, connection_id) WHERE status = 'running'`,
  'CREATE INDEX poll_runs_newest ON ingestion.poll_runs (tenant, connection_id, started_at DESC)',

  // The last figure that was published, where it went and with which posting lag. `absent_at`: as of a complete scan that did not show it.
  `CREATE TABLE ingestion.poll_figures (
     tenant text NOT NULL,
     connection_id text NOT NULL,
     warehouse_id text NOT NULL,
     sku text NOT NULL,
     figure bigint NOT NULL,
     as_of bigint NOT NULL,
     location_id text,
     posting_lag_ms integer,
     absent_at bigint,
     PRIMARY KEY (tenant, connection_id, warehouse_id, sku))`,

  // Rows of the scan under way, where what is absent counts as zero.
  `CREATE TABLE ingestion.poll_seen (
     run_id uuid NOT NULL,
     warehouse_id text NOT NULL,
     sku text NOT NULL,
     PRIMARY KEY (run_id, warehouse_id, sku))`,

  // As-of times from which on an equal figure must be published again.
  `CREATE TABLE ingestion.poll_reappraisals (
     tenant text NOT NULL,
     connection_id text NOT NULL,
     warehouse_id text NOT NULL,
     sku text NOT NULL,
     due bigint NOT NULL,
     noted_at timestamptz NOT NULL,
     PRIMARY KEY (tenant, connection_id, warehouse_id, sku, due))`,

  'CREATE INDEX warehouse_mappings_location ON ingestion.warehouse_mappings (tenant, location_id)',
];
