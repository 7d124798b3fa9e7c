import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each movement of units and each announced delivery, for analysts. */
export class Movements1700000000021 implements MigrationInterface {
  readonly name = 'Movements1700000000021';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['inbound', 'movement']) await runner.query(`DROP TABLE workflow.${table} CASCADE`);
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'movements'");
  }
}

const UP = [
  `CREATE TABLE workflow.movement (
    tenant text NOT NULL,
    sku text NOT NULL,
    revision integer NOT NULL,
    location_id text NOT NULL,
    event text NOT NULL,
    at timestamptz NOT NULL,
    on_hand bigint NOT NULL,
    held bigint NOT NULL,
    in_transit bigint NOT NULL,
    reference text,
    reason_code text,
    PRIMARY KEY (tenant, sku, revision, location_id)
  )`,
  'CREATE INDEX movement_by_time ON workflow.movement (tenant, at)',
  `CREATE TABLE workflow.inbound (
    tenant text NOT NULL,
    sku text NOT NULL,
    reference text NOT NULL,
    location_id text NOT NULL,
    quantity bigint NOT NULL,
    received bigint NOT NULL DEFAULT 0,
    expected_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    declared_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, sku, reference)
  )`,
];
