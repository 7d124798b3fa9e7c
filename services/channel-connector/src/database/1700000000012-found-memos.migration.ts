import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a provider wants to remember of a listing that a discovery found. */
export class FoundMemos1700000000012 implements MigrationInterface {
  readonly name = 'FoundMemos1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.found_listing ADD COLUMN memo jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.found_listing DROP COLUMN memo');
  }
}
