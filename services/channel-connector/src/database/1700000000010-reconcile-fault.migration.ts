import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why the last reconcile of the schedule did not end: a channel that cannot be read is as troubled as one that cannot be told. */
export class ReconcileFault1700000000010 implements MigrationInterface {
  readonly name = 'ReconcileFault1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.channel ADD COLUMN reconcile_fault text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE channels.channel DROP COLUMN reconcile_fault');
  }
}
