import type { MigrationInterface, QueryRunner } from 'typeorm';
import { processTable } from '@holdfast/kit';

/** Leases and attempts of every kind of process, in the place of those of transfers. */
export class CreateProcess1700000000001 implements MigrationInterface {
  readonly name = 'CreateProcess1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(processTable('workflow.process'));
    await runner.query('DROP TABLE workflow.transfer_lease');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workflow.transfer_lease (
        tenant text NOT NULL,
        transfer_id text NOT NULL,
        owner uuid NOT NULL,
        lease_until timestamptz NOT NULL,
        PRIMARY KEY (tenant, transfer_id)
      )`);
    await runner.query('DROP TABLE workflow.process');
  }
}
