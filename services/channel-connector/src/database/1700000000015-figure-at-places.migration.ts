import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `figure`: units that the listing should show in all; of a channel that maps places, at these. Null on rows of before: then it is the quantity. */
export class FigureAtPlaces1700000000015 implements MigrationInterface {
  readonly name = 'FigureAtPlaces1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.listing ADD COLUMN figure bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.listing DROP COLUMN figure');
  }
}
