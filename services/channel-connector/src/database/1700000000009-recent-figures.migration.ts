import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The last figures that a listing should have shown, newest first: each may have been sent, whatever is known of its call. */
export class RecentFigures1700000000009 implements MigrationInterface {
  readonly name = 'RecentFigures1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE channels.listing ADD COLUMN recent bigint[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.listing DROP COLUMN recent');
  }
}
