import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Listings that are compared at once, because the channel told a figure that nobody of ours wrote. */
export class CompareAt1700000000005 implements MigrationInterface {
  readonly name = 'CompareAt1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `ALTER TABLE channels.listing ADD COLUMN compare_at timestamptz`,
  `CREATE INDEX listing_compare ON channels.listing (compare_at) WHERE compare_at IS NOT NULL`,
];

const DOWN = ['ALTER TABLE channels.listing DROP COLUMN compare_at'];
