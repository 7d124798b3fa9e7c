import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `confirmed_position`: place in the event log of the newest figure that the channel confirmed before a newer one came. `former_versions`:
 * versions before this one, newest first, each with the last position that its figure reflected: the answer to one of them may still come.
 */
export class ConfirmedPosition1700000000013 implements MigrationInterface {
  readonly name = 'ConfirmedPosition1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.listing ADD COLUMN confirmed_position bigint, ADD COLUMN former_versions bigint[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.listing DROP COLUMN confirmed_position, DROP COLUMN former_versions');
  }
}
