import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Announced deliveries with the units that came beyond them, read from the log by a follower of their own. A process of an earlier version that still
 * runs writes `workflow.inbound`, which nobody reads any more; a later version drops it.
 */
export class Deliveries1700000000037 implements MigrationInterface {
  readonly name = 'Deliveries1700000000037';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE workflow.delivery (
      tenant text NOT NULL,
      sku text NOT NULL,
      reference text NOT NULL,
      location_id text NOT NULL,
      quantity bigint NOT NULL,
      received bigint NOT NULL DEFAULT 0,
      excess bigint NOT NULL DEFAULT 0,
      expected_at timestamptz NOT NULL,
      cancelled_at timestamptz,
      declared_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      revision integer NOT NULL,
      PRIMARY KEY (tenant, sku, reference)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.delivery CASCADE');
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'deliveries'");
  }
}
