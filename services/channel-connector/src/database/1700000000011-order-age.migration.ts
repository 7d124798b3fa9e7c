import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders that are done are found by their age, to be removed. */
export class OrderAge1700000000011 implements MigrationInterface {
  readonly name = 'OrderAge1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX channel_order_by_age ON channels.channel_order (updated_at) WHERE due_at IS NULL AND status <> 'uncovered'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX channels.channel_order_by_age');
  }
}
