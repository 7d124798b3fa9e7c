import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches of counts, the SKUs that each counts, when each was counted last, and what is set about counting. */
export class Counts1700000000008 implements MigrationInterface {
  readonly name = 'Counts1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['count_product', 'count_setting', 'last_count', 'count_claim', 'count_batch']) {
      await runner.query(`DROP TABLE workflow.${table}`);
    }
  }
}

const UP = [
  `CREATE TABLE workflow.count_batch (
    tenant text NOT NULL,
    batch_id text NOT NULL,
    status text NOT NULL,
    location_id text NOT NULL,
    assigned_to text,
    under_way boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    summary jsonb NOT NULL,
    record jsonb NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, batch_id)
  )`,
  'CREATE INDEX count_batch_by_time ON workflow.count_batch (tenant, created_at DESC, batch_id)',
  'CREATE INDEX count_batch_under_way ON workflow.count_batch (updated_at) WHERE under_way',
  `CREATE TABLE workflow.count_claim (
    tenant text NOT NULL,
    location_id text NOT NULL,
    sku text NOT NULL,
    batch_id text NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, location_id, sku)
  )`,
  'CREATE INDEX count_claim_by_batch ON workflow.count_claim (tenant, batch_id)',
  `CREATE TABLE workflow.last_count (
    tenant text NOT NULL,
    location_id text NOT NULL,
    sku text NOT NULL,
    counted_at timestamptz NOT NULL,
    batch_id text NOT NULL,
    PRIMARY KEY (tenant, location_id, sku)
  )`,
  `CREATE TABLE workflow.count_setting (
    tenant text PRIMARY KEY,
    settings jsonb NOT NULL,
    updated_by text NOT NULL,
    updated_at timestamptz NOT NULL
  )`,
  `CREATE TABLE workflow.count_product (
    tenant text NOT NULL,
    sku text NOT NULL,
    name text,
    category text,
    barcode text,
    cost_minor bigint,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, sku)
  )`,
];
