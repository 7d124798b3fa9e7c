import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns for the place of a location. A rebuild fills them for locations registered before. */
export class Places1700000000402 implements MigrationInterface {
  readonly name = 'Places1700000000402';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE locations
      ADD latitude double precision, ADD longitude double precision, ADD country text, ADD postal_code text, ADD region text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE locations DROP latitude, DROP longitude, DROP country, DROP postal_code, DROP region');
  }
}
