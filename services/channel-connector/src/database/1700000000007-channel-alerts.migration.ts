import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is wrong with a channel, since when, and whether an alert said so. */
export class ChannelAlerts1700000000007 implements MigrationInterface {
  readonly name = 'ChannelAlerts1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE channels.alert (
        tenant text NOT NULL,
        channel_id text NOT NULL,
        kind text NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        told_at timestamptz,
        PRIMARY KEY (tenant, channel_id, kind)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE channels.alert');
  }
}
