import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reason codes that a tenant has beside those that all have. */
export class ReasonCodes1700000000031 implements MigrationInterface {
  readonly name = 'ReasonCodes1700000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workflow.reason_code (
        tenant text NOT NULL,
        code text NOT NULL,
        name text NOT NULL,
        direction text NOT NULL,
        counts_as_use boolean NOT NULL,
        requires_reason boolean NOT NULL,
        line integer NOT NULL,
        PRIMARY KEY (tenant, code)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE workflow.reason_code');
  }
}
