import { processTable } from '@holdfast/kit';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export const PROCESS_TABLE = 'ingestion.process';

export class Imports1700000000002 implements MigrationInterface {
  readonly name = 'Imports1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['import_lines', 'imports', 'process']) await runner.query(`DROP TABLE ingestion.${table}`);
  }
}

const TABLES = [
  processTable(PROCESS_TABLE),

  // `undoes`: the import whose effects this one takes back. `at_line`: all lines up to this one have their result.
  `CREATE TABLE ingestion.imports (
     tenant text NOT NULL,
     id uuid NOT NULL,
     kind text NOT NULL,
     dry_run boolean NOT NULL,
     subject text NOT NULL,
     columns text[] NOT NULL,
     undoes uuid,
     status text NOT NULL DEFAULT 'queued',
     fault text,
     lines integer NOT NULL,
     applied integer NOT NULL DEFAULT 0,
     unchanged integer NOT NULL DEFAULT 0,
     failed integer NOT NULL DEFAULT 0,
     at_line integer NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL DEFAULT now(),
     started_at timestamptz,
     finished_at timestamptz,
     PRIMARY KEY (tenant, id))`,
  `CREATE INDEX imports_open ON ingestion.imports (created_at) WHERE status IN ('queued', 'running')`,
  'CREATE INDEX imports_newest ON ingestion.imports (tenant, created_at DESC, id)',

  // `subject_key`: what only one line of the file may describe. `delta`: what the line changed, exactly, whatever else changed it meanwhile.
  `CREATE TABLE ingestion.import_lines (
     tenant text NOT NULL,
     import_id uuid NOT NULL,
     line integer NOT NULL,
     cells jsonb NOT NULL,
     subject_key text,
     result text,
     column_name text,
     code text,
     says text,
     before_units bigint,
     after_units bigint,
     delta bigint,
     PRIMARY KEY (tenant, import_id, line),
     FOREIGN KEY (tenant, import_id) REFERENCES ingestion.imports (tenant, id) ON DELETE CASCADE)`,
  `CREATE INDEX import_lines_failed ON ingestion.import_lines (tenant, import_id, line) WHERE result = 'failed'`,
];
