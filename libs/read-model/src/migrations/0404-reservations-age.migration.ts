import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds reservations past their retention. An index on what never changes of a row costs its changes nothing. */
export class ReservationsAge1700000000404 implements MigrationInterface {
  readonly name = 'ReservationsAge1700000000404';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX reservations_age ON reservations USING brin (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX reservations_age');
  }
}
