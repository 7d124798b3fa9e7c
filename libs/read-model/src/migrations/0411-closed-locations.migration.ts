import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Time zones of locations, locations of which nothing may leave, and the days that lots are taken off sale before they expire. */
export class ClosedLocations1700000000411 implements MigrationInterface {
  readonly name = 'ClosedLocations1700000000411';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE locations ADD time_zone text, ADD blocked boolean NOT NULL DEFAULT false');
    await runner.query('ALTER TABLE products ADD removal_days integer');
    await runner.query('ALTER TABLE stock ADD held_units bigint');
    await runner.query('UPDATE stock SET held_units = held');
    await runner.query('ALTER TABLE stock ALTER held_units SET NOT NULL, ALTER held_units SET DEFAULT 0');
    await runner.query(
      `COMMENT ON COLUMN stock.held IS 'Units on hand that may not leave: all at a location that is blocked or for destruction, else held_units.'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE stock SET held = held_units WHERE held <> held_units');
    await runner.query('ALTER TABLE stock DROP held_units');
    await runner.query('ALTER TABLE products DROP removal_days');
    await runner.query('ALTER TABLE locations DROP time_zone, DROP blocked');
  }
}
