import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SKUs that have lots, and since when lots and on hand of them do not add up at a location. */
export class LotDiscrepancies1700000000032 implements MigrationInterface {
  readonly name = 'LotDiscrepancies1700000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE workflow.lot_sku (tenant text NOT NULL, sku text NOT NULL, PRIMARY KEY (tenant, sku))');
    await runner.query(`
      CREATE TABLE workflow.lot_residue (
        tenant text NOT NULL,
        sku text NOT NULL,
        location_id text NOT NULL,
        subject text NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (tenant, sku, location_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.lot_residue');
    await runner.query('DROP TABLE workflow.lot_sku');
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'lot-skus'");
  }
}
