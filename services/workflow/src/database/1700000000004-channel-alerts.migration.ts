import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alerts about channels name no SKU. */
export class ChannelAlerts1700000000004 implements MigrationInterface {
  readonly name = 'ChannelAlerts1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow.alert ALTER COLUMN sku DROP NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM workflow.alert WHERE sku IS NULL');
    await runner.query('ALTER TABLE workflow.alert ALTER COLUMN sku SET NOT NULL');
  }
}
