import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A category has its own position. Products described before categories were kept have a later threshold's position, so that their category was taken for
 * an old one: they are followed again from the start.
 */
export class CategoryPosition1700000000023 implements MigrationInterface {
  readonly name = 'CategoryPosition1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow.stock_alert ADD category_position bigint NOT NULL DEFAULT -1');
    await runner.query('UPDATE workflow.stock_alert SET category_position = threshold_position WHERE category IS NOT NULL');
    await runner.query("DELETE FROM workflow.checkpoint WHERE name = 'alert-products'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow.stock_alert DROP category_position');
  }
}
