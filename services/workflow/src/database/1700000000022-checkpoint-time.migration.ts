import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a follower wrote its position down last; null for one that has not since this version. */
export class CheckpointTime1700000000022 implements MigrationInterface {
  readonly name = 'CheckpointTime1700000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow.checkpoint ADD at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow.checkpoint DROP at CASCADE');
  }
}
