import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tasks of putting away that are not done, by age: alerts look for the oldest. */
export class PutAwayWaiting1700000000020 implements MigrationInterface {
  readonly name = 'PutAwayWaiting1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX put_away_waiting ON workflow.put_away (created_at) WHERE status IN ('open', 'in_progress', 'partly_completed')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX workflow.put_away_waiting');
  }
}
