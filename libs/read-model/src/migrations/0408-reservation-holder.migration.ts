import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a reservation is for. A rebuild fills it for reservations that were placed before. */
export class ReservationHolder1700000000408 implements MigrationInterface {
  readonly name = 'ReservationHolder1700000000408';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE reservations ADD holder_id text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE reservations DROP holder_id');
  }
}
