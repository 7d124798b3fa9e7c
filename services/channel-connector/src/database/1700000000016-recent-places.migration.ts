import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the units of those figures lay, of channels that map places: equal figures at other places tell an older one of ours from an edit. */
export class RecentPlaces1700000000016 implements MigrationInterface {
  readonly name = 'RecentPlaces1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE channels.listing ADD COLUMN recent_places jsonb[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.listing DROP COLUMN recent_places');
  }
}
