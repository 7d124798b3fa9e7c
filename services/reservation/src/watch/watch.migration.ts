import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is open, as of a position of the event store. Disposable: without it the log is read from its beginning. */
export class OpenWorkTables1700000601000 implements MigrationInterface {
  readonly name = 'OpenWorkTables1700000601000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reservation.open_work (
        key text COLLATE "C" PRIMARY KEY,
        body jsonb NOT NULL,
        position numeric(20) NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE reservation.watch_checkpoint (
        id smallint PRIMARY KEY CHECK (id = 1),
        position numeric(20) NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reservation.watch_checkpoint, reservation.open_work');
  }
}
