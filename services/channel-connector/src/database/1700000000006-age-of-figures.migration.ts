import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How old the figures of a channel may be before they count as stale. */
export class AgeOfFigures1700000000006 implements MigrationInterface {
  readonly name = 'AgeOfFigures1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE channels.channel ADD COLUMN stale_after_seconds integer, ADD COLUMN is_read boolean NOT NULL DEFAULT false`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE channels.channel DROP COLUMN stale_after_seconds, DROP COLUMN is_read`);
  }
}
