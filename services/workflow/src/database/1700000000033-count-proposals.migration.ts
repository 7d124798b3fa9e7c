import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SKUs whose stock at a location fell below the threshold at which it is to be counted. */
export class CountProposals1700000000033 implements MigrationInterface {
  readonly name = 'CountProposals1700000000033';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workflow.count_proposal (
        tenant text NOT NULL,
        location_id text NOT NULL,
        sku text NOT NULL,
        proposed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, location_id, sku)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.count_proposal');
  }
}
