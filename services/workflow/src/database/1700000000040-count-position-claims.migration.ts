import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open batches claim the positions that they count, no longer whole SKUs. Claims of open batches stay on all of their SKUs. */
export class CountPositionClaims1700000000040 implements MigrationInterface {
  readonly name = 'CountPositionClaims1700000000040';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `CREATE TABLE workflow.count_position_claim (
    tenant text NOT NULL,
    location_id text NOT NULL,
    sku text NOT NULL,
    lot_id text NOT NULL,
    bin_id text NOT NULL,
    batch_id text NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, location_id, sku, lot_id, bin_id, batch_id)
  )`,
  'CREATE INDEX count_position_claim_by_batch ON workflow.count_position_claim (tenant, batch_id)',
  `INSERT INTO workflow.count_position_claim (tenant, location_id, sku, lot_id, bin_id, batch_id, claimed_at)
   SELECT tenant, location_id, sku, '', '', batch_id, claimed_at FROM workflow.count_claim`,
  'DROP TABLE workflow.count_claim',
];

/** Of several batches that count lots of one SKU, the one that claimed first keeps it. */
const DOWN = [
  `CREATE TABLE workflow.count_claim (
    tenant text NOT NULL,
    location_id text NOT NULL,
    sku text NOT NULL,
    batch_id text NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, location_id, sku)
  )`,
  'CREATE INDEX count_claim_by_batch ON workflow.count_claim (tenant, batch_id)',
  `INSERT INTO workflow.count_claim (tenant, location_id, sku, batch_id, claimed_at)
   SELECT DISTINCT ON (tenant, location_id, sku) tenant, location_id, sku, batch_id, claimed_at
     FROM workflow.count_position_claim ORDER BY tenant, location_id, sku, claimed_at`,
  'DROP TABLE workflow.count_position_claim',
];
