import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Creates the table of the first result of each command of the topic, from which a repeat is answered. */
export class CommandResults1700000602000 implements MigrationInterface {
  readonly name = 'CommandResults1700000602000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reservation.command_results (
        command_id uuid PRIMARY KEY,
        request_hash text NOT NULL,
        outcome text NOT NULL,
        value text NOT NULL,
        answered_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX command_results_age ON reservation.command_results USING brin (answered_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reservation.command_results');
  }
}
