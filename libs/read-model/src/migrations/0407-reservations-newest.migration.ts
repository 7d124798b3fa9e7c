import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists the newest reservations, and those of an order. Indexes on what never changes of a row cost its changes nothing. */
export class ReservationsNewest1700000000407 implements MigrationInterface {
  readonly name = 'ReservationsNewest1700000000407';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX reservations_newest ON reservations (tenant, created_at, reservation_id)');
    await runner.query('CREATE INDEX reservations_order ON reservations (tenant, order_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX reservations_order');
    await runner.query('DROP INDEX reservations_newest');
  }
}
