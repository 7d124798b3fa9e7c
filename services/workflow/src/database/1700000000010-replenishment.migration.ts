import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules and orders of replenishment as their streams say, and use by day, SKU and location. */
export class Replenishment1700000000010 implements MigrationInterface {
  readonly name = 'Replenishment1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['daily_use_stream', 'daily_use', 'replenishment', 'replenishment_rule']) {
      await runner.query(`DROP TABLE workflow.${table}`);
    }
  }
}

const UP = [
  `CREATE TABLE workflow.replenishment_rule (
    tenant text NOT NULL,
    sku text NOT NULL,
    location_id text NOT NULL,
    method text,
    mode text,
    due_at timestamptz,
    state jsonb NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, sku, location_id)
  )`,
  'CREATE INDEX replenishment_rule_due ON workflow.replenishment_rule (due_at) WHERE due_at IS NOT NULL',
  'CREATE INDEX replenishment_rule_by_location ON workflow.replenishment_rule (tenant, location_id, sku)',
  `CREATE TABLE workflow.replenishment (
    tenant text NOT NULL,
    order_id text NOT NULL,
    sku text NOT NULL,
    location_id text NOT NULL,
    status text NOT NULL,
    quantity bigint NOT NULL,
    source_location_id text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    record jsonb NOT NULL,
    touched bigint,
    PRIMARY KEY (tenant, order_id)
  )`,
  'CREATE INDEX replenishment_by_time ON workflow.replenishment (tenant, created_at DESC, order_id)',
  'CREATE INDEX replenishment_by_place ON workflow.replenishment (tenant, sku, location_id)',
  `CREATE INDEX replenishment_promised ON workflow.replenishment (tenant, sku)
    WHERE source_location_id IS NOT NULL AND status IN ('approved', 'ordered')`,
  `CREATE INDEX replenishment_under_way ON workflow.replenishment (updated_at)
    WHERE status IN ('approved', 'cancelling') OR touched IS NOT NULL`,
  `CREATE TABLE workflow.daily_use (
    tenant text NOT NULL,
    sku text NOT NULL,
    location_id text NOT NULL,
    day integer NOT NULL,
    sold bigint NOT NULL,
    returned bigint NOT NULL,
    most_on_hand bigint NOT NULL,
    closing_on_hand bigint NOT NULL,
    PRIMARY KEY (tenant, sku, location_id, day)
  )`,
  // Classes for counts sum the use of all SKUs of a location; the key begins with the SKU.
  'CREATE INDEX daily_use_by_location ON workflow.daily_use (tenant, location_id, day)',
  `COMMENT ON TABLE workflow.daily_use IS
    'Days on which units of a SKU moved at a location; between two of them on hand stood still and nothing was used. day: days since 1970.'`,
  `CREATE TABLE workflow.daily_use_stream (
    tenant text NOT NULL,
    sku text NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, sku)
  )`,
];
