import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `least_version`: the first version that the channel's account of now is told. The answer to a write of an older one is of another account. */
export class LeastVersion1700000000014 implements MigrationInterface {
  readonly name = 'LeastVersion1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.listing ADD COLUMN least_version bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.listing DROP COLUMN least_version');
  }
}
