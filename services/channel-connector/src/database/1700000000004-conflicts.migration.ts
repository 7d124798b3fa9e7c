import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Figures that were set at a channel, and what a person or a strategy decided about them. */
export class Conflicts1700000000004 implements MigrationInterface {
  readonly name = 'Conflicts1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE channels.conflict (
    tenant text NOT NULL,
    conflict_id uuid NOT NULL,
    channel_id text NOT NULL,
    sku text NOT NULL,
    listing_id text NOT NULL,
    ours bigint NOT NULL,
    theirs jsonb NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    used text,
    resolved_by text,
    PRIMARY KEY (tenant, conflict_id)
  )`,
  `CREATE UNIQUE INDEX conflict_open ON channels.conflict (tenant, channel_id, listing_id) WHERE resolved_at IS NULL`,
  `ALTER TABLE channels.listing ADD COLUMN conflict_id uuid`,
  `ALTER TABLE channels.history ADD COLUMN conflict_id uuid, ADD COLUMN observed bigint`,
];

const DOWN = [
  'ALTER TABLE channels.history DROP COLUMN conflict_id, DROP COLUMN observed',
  'ALTER TABLE channels.listing DROP COLUMN conflict_id',
  'DROP TABLE channels.conflict',
];
