import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connections say what their figures cover, and whether the ERP posts adjustments itself. */
export class FiguresOfConnections1700000000008 implements MigrationInterface {
  readonly name = 'FiguresOfConnections1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ingestion.connections
        ADD COLUMN adjustments_posted_back boolean NOT NULL DEFAULT false,
        ADD COLUMN figure_covers text NOT NULL DEFAULT 'physical'`);
    await runner.query("UPDATE ingestion.connections SET figure_covers = 'unrestricted' WHERE system LIKE 'sap%'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ingestion.connections DROP COLUMN adjustments_posted_back, DROP COLUMN figure_covers');
  }
}
