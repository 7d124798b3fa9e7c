import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The list of adjustments is read from the log again, under another checkpoint. A process of an earlier version that still runs writes its own
 * checkpoint and no `format`: its rows, which know no lots and bins, are refused.
 */
export class AdjustmentsByPosition1700000000034 implements MigrationInterface {
  readonly name = 'AdjustmentsByPosition1700000000034';

  async up(runner: QueryRunner): Promise<void> {
    // In the order in which followers take their locks.
    await runner.query('TRUNCATE workflow.adjustment_stock, workflow.adjustment');
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} ADD format smallint NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('TRUNCATE workflow.adjustment_stock, workflow.adjustment');
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP format`);
    await runner.query("DELETE FROM workflow.checkpoint WHERE name IN ('adjustments', 'adjustments-by-position')");
  }
}

const TABLES = ['workflow.adjustment_stock', 'workflow.adjustment'];
