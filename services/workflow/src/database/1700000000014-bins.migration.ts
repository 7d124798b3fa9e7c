import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lies in each bin, what is on its way there, and the tasks of putting away. */
export class Bins1700000000014 implements MigrationInterface {
  readonly name = 'Bins1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['put_away', 'bin_claim', 'bin_content', 'bin_stock']) await runner.query(`DROP TABLE workflow.${table}`);
  }
}

const UP = [
  `CREATE TABLE workflow.bin_stock (
    tenant text NOT NULL,
    sku text NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, sku)
  )`,
  `CREATE TABLE workflow.bin_content (
    tenant text NOT NULL,
    location_id text NOT NULL,
    bin_id text NOT NULL,
    sku text NOT NULL,
    lot_id text NOT NULL,
    units bigint NOT NULL,
    PRIMARY KEY (tenant, location_id, bin_id, sku, lot_id)
  )`,
  'CREATE INDEX bin_content_by_sku ON workflow.bin_content (tenant, sku, lot_id)',
  `CREATE TABLE workflow.bin_claim (
    tenant text NOT NULL,
    location_id text NOT NULL,
    bin_id text NOT NULL,
    state jsonb NOT NULL,
    is_open boolean NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, location_id, bin_id)
  )`,
  `CREATE TABLE workflow.put_away (
    tenant text NOT NULL,
    id text NOT NULL,
    status text,
    location_id text NOT NULL,
    sku text NOT NULL,
    under_way boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    record jsonb NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, id)
  )`,
  'CREATE INDEX put_away_by_time ON workflow.put_away (tenant, created_at DESC, id) WHERE status IS NOT NULL',
  'CREATE INDEX put_away_under_way ON workflow.put_away (updated_at) WHERE under_way',
];
