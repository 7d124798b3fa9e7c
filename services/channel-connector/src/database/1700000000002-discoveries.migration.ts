import { processTable } from '@holdfast/kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Discoveries of a channel's listings, the drift ledger, and the processes that read channels. */
export class Discoveries1700000000002 implements MigrationInterface {
  readonly name = 'Discoveries1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  processTable('channels.process'),
  `CREATE TABLE channels.discovery (
    tenant text NOT NULL,
    discovery_id uuid NOT NULL,
    channel_id text NOT NULL,
    status text NOT NULL DEFAULT 'running',
    cursor text,
    pages integer NOT NULL DEFAULT 0,
    found integer NOT NULL DEFAULT 0,
    total integer,
    fault text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    PRIMARY KEY (tenant, discovery_id)
  )`,
  `CREATE INDEX discovery_running ON channels.discovery (created_at) WHERE status = 'running'`,
  `CREATE INDEX discovery_by_channel ON channels.discovery (tenant, channel_id, created_at DESC)`,
  `CREATE TABLE channels.found_listing (
    tenant text NOT NULL,
    discovery_id uuid NOT NULL,
    listing_id text NOT NULL,
    channel_sku text,
    barcode text,
    title text,
    quantity bigint,
    match text NOT NULL DEFAULT 'unknown',
    sku text,
    says text,
    PRIMARY KEY (tenant, discovery_id, listing_id),
    FOREIGN KEY (tenant, discovery_id) REFERENCES channels.discovery ON DELETE CASCADE
  )`,
  `ALTER TABLE channels.listing ADD COLUMN prior_quantity bigint`,
  `ALTER TABLE channels.channel ADD COLUMN reconcile_at timestamptz`,
  `CREATE TABLE channels.drift (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL,
    channel_id text NOT NULL,
    sku text NOT NULL,
    listing_id text NOT NULL,
    class text NOT NULL,
    expected bigint,
    observed bigint,
    detected_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    resolution text,
    resolved_by text
  )`,
  // One difference of a listing is one entry, however often it is seen.
  `CREATE UNIQUE INDEX drift_open ON channels.drift (tenant, channel_id, listing_id) WHERE resolved_at IS NULL`,
  `CREATE INDEX drift_by_time ON channels.drift (tenant, detected_at DESC, id DESC)`,
];

const DOWN = [
  'DROP TABLE channels.drift',
  'ALTER TABLE channels.channel DROP COLUMN reconcile_at',
  'ALTER TABLE channels.listing DROP COLUMN prior_quantity',
  'DROP TABLE channels.found_listing',
  'DROP TABLE channels.discovery',
  'DROP TABLE channels.process',
];
