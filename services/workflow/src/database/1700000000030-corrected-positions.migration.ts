import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The list of adjustments tells lots and bins, and shows corrections between them. A later step reads it from the log again. */
export class CorrectedPositions1700000000030 implements MigrationInterface {
  readonly name = 'CorrectedPositions1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow.adjustment ADD kind text, ADD changes jsonb, ADD figures jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE workflow.adjustment DROP kind, DROP changes, DROP figures');
  }
}
