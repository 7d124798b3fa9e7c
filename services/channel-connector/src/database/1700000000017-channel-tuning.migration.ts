import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often each channel is compared, how late its orders may be, and until when its orders are known from polling. */
export class ChannelTuning1700000000017 implements MigrationInterface {
  readonly name = 'ChannelTuning1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE channels.channel ADD COLUMN reconcile_every_seconds integer, ADD COLUMN order_within_seconds integer`);
    await runner.query(`ALTER TABLE channels.polling ADD COLUMN orders_until timestamptz, ADD COLUMN orders_sure_until timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.polling DROP COLUMN orders_until, DROP COLUMN orders_sure_until');
    await runner.query('ALTER TABLE channels.channel DROP COLUMN reconcile_every_seconds, DROP COLUMN order_within_seconds');
  }
}
