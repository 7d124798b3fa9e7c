import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SKUs whose lots get new instants, as their days of removal or the time zone of a location changed. */
export class LotRedating1700000000025 implements MigrationInterface {
  readonly name = 'LotRedating1700000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE workflow.lot_redating (
      tenant text NOT NULL, sku text NOT NULL, version bigint NOT NULL DEFAULT 1, passes smallint NOT NULL DEFAULT 0,
      due_at timestamptz NOT NULL, PRIMARY KEY (tenant, sku))`);
    await runner.query('CREATE INDEX lot_redating_next ON workflow.lot_redating (due_at)');
    await runner.query(`CREATE TABLE workflow.location_zone (
      tenant text NOT NULL, location_id text NOT NULL, time_zone text NOT NULL, PRIMARY KEY (tenant, location_id))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.location_zone');
    await runner.query('DROP TABLE workflow.lot_redating');
  }
}
