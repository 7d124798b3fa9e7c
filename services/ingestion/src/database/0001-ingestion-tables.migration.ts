import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IngestionTables1700000000001 implements MigrationInterface {
  readonly name = 'IngestionTables1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['dead_letters', 'parked_messages', 'inbox', 'routing_versions', 'warehouse_mappings', 'connections'])
      await runner.query(`DROP TABLE ingestion.${table}`);
  }
}

const TABLES = [
  'CREATE SCHEMA IF NOT EXISTS ingestion',

  `CREATE TABLE ingestion.connections (
     tenant text NOT NULL,
     id text NOT NULL,
     name text NOT NULL,
     system text NOT NULL,
     posting_lag_ms integer,
     auto_map boolean NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (tenant, id))`,

  `CREATE TABLE ingestion.warehouse_mappings (
     tenant text NOT NULL,
     connection_id text NOT NULL,
     warehouse_id text NOT NULL,
     location_id text NOT NULL,
     updated_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (tenant, connection_id, warehouse_id),
     FOREIGN KEY (tenant, connection_id) REFERENCES ingestion.connections (tenant, id))`,

  // Counted up in the transaction that changes a tenant's connections or mappings: a cache compares it before every batch.
  `CREATE TABLE ingestion.routing_versions (
     tenant text PRIMARY KEY,
     version bigint NOT NULL)`,

  // Messages that took effect or were parked. The hash tells a repeat from another message under the same id.
  `CREATE TABLE ingestion.inbox (
     command_id uuid PRIMARY KEY,
     body_hash bytea NOT NULL,
     handled_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX inbox_handled_at ON ingestion.inbox USING brin (handled_at)',

  `CREATE TABLE ingestion.parked_messages (
     id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
     command_id uuid NOT NULL UNIQUE,
     tenant text NOT NULL,
     connection_id text NOT NULL,
     warehouse_id text NOT NULL,
     sku text NOT NULL,
     message jsonb NOT NULL,
     parked_at timestamptz NOT NULL DEFAULT now())`,
  'CREATE INDEX parked_messages_lane ON ingestion.parked_messages (tenant, connection_id, warehouse_id, sku, id)',

  `CREATE TABLE ingestion.dead_letters (
     id uuid PRIMARY KEY,
     tenant text NOT NULL,
     topic text NOT NULL,
     partition integer NOT NULL,
     "offset" text NOT NULL,
     key text NOT NULL,
     value text,
     code text NOT NULL,
     message text NOT NULL,
     received_at timestamptz NOT NULL DEFAULT now(),
     replayed_at timestamptz,
     fix jsonb)`,
  'CREATE INDEX dead_letters_open ON ingestion.dead_letters (tenant, received_at DESC, id)',
];
