import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alerts as they were told, to be asked for. Bounded in age and number. */
export class Alerts1700000000003 implements MigrationInterface {
  readonly name = 'Alerts1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workflow.alert (
        id uuid PRIMARY KEY,
        tenant text NOT NULL,
        at timestamptz NOT NULL,
        kind text NOT NULL,
        sku text NOT NULL,
        figures jsonb NOT NULL
      )`);
    await runner.query('CREATE INDEX alert_by_time ON workflow.alert (tenant, at DESC, id)');
    await runner.query('CREATE INDEX alert_by_age ON workflow.alert (at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.alert');
  }
}
