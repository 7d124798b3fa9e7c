import type { MigrationInterface, QueryRunner } from 'typeorm';
import { documentTable } from '../line-processes/document-rows.js';

/** Adjustments as the follower of the log lists them: the documents, each changed figure, and on hand as far as the follower has read. */
export class Adjustments1700000000006 implements MigrationInterface {
  readonly name = 'Adjustments1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['adjustment', 'adjustment_stock', 'adjustment_document']) await runner.query(`DROP TABLE workflow.${table}`);
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'adjustments'");
  }
}

const UP = [
  ...documentTable('workflow.adjustment_document'),
  `CREATE TABLE workflow.adjustment_stock (
    tenant text NOT NULL,
    sku text NOT NULL,
    on_hand jsonb NOT NULL,
    cost_minor bigint,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, sku)
  )`,
  `CREATE TABLE workflow.adjustment (
    tenant text NOT NULL,
    sku text NOT NULL,
    revision integer NOT NULL,
    id text NOT NULL,
    document_id text NOT NULL,
    location_id text NOT NULL,
    lot_id text,
    bin_id text,
    delta bigint NOT NULL,
    quantity_after bigint NOT NULL,
    recorded bigint,
    complete boolean,
    reason_code text NOT NULL,
    reason text,
    source text NOT NULL,
    cost_minor bigint,
    effective_at timestamptz NOT NULL,
    created_by text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, sku, revision)
  )`,
  `CREATE INDEX adjustment_by_time ON workflow.adjustment (tenant, created_at DESC, id)`,
  `CREATE INDEX adjustment_recorded ON workflow.adjustment (tenant, created_at DESC, id) WHERE recorded IS NOT NULL`,
];
