import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SKUs of which a lot expired, and when one did last. */
export class ExpiredLots1700000000013 implements MigrationInterface {
  readonly name = 'ExpiredLots1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE workflow.expired_lots (
      tenant text NOT NULL, sku text NOT NULL, expired_at timestamptz NOT NULL, PRIMARY KEY (tenant, sku))`);
    // Read once more from the start, for lots that expired before; its rows bear it.
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'lot-expiries'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.expired_lots');
  }
}
