import type { MigrationInterface, QueryRunner } from 'typeorm';
import { documentTable } from '../line-processes/document-rows.js';

/** Holds as the follower of the log lists them, and the calls that hold units of several SKUs. */
export class Holds1700000000007 implements MigrationInterface {
  readonly name = 'Holds1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['hold', 'hold_call']) await runner.query(`DROP TABLE workflow.${table}`);
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'holds'");
  }
}

const UP = [
  ...documentTable('workflow.hold_call'),
  `CREATE TABLE workflow.hold (
    tenant text NOT NULL,
    hold_id text NOT NULL,
    sku text NOT NULL,
    location_id text,
    lot_id text,
    type text NOT NULL,
    status text NOT NULL,
    created_at timestamptz NOT NULL,
    record jsonb NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (tenant, hold_id)
  )`,
  `CREATE INDEX hold_by_time ON workflow.hold (tenant, created_at DESC, hold_id)`,
  `CREATE INDEX hold_by_sku ON workflow.hold (tenant, sku)`,
];
