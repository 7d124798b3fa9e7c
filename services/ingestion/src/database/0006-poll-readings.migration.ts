import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PollReadings1700000000006 implements MigrationInterface {
  readonly name = 'PollReadings1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    // `read_as_of`: when the last run that came to its end asked for its first page, epoch milliseconds of our clock.
    await runner.query('ALTER TABLE ingestion.pollers ADD COLUMN read_as_of bigint');
    // What the topic of readings was told last of each connection.
    await runner.query(
      `CREATE TABLE ingestion.poll_readings (
         tenant text NOT NULL, connection_id text NOT NULL, reading jsonb NOT NULL, PRIMARY KEY (tenant, connection_id))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ingestion.poll_readings');
    await runner.query('ALTER TABLE ingestion.pollers DROP COLUMN read_as_of');
  }
}
