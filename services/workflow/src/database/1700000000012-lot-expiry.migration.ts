import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Instants at which lots of a SKU expire. */
export class LotExpiry1700000000012 implements MigrationInterface {
  readonly name = 'LotExpiry1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE workflow.lot_expiry (
      tenant text NOT NULL, sku text NOT NULL, expires_at timestamptz NOT NULL, PRIMARY KEY (tenant, sku, expires_at))`);
    await runner.query('CREATE INDEX lot_expiry_next ON workflow.lot_expiry (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.lot_expiry');
  }
}
