import type { MigrationInterface, QueryRunner } from 'typeorm';

export class LargeImports1700000000004 implements MigrationInterface {
  readonly name = 'LargeImports1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  // `request_hash`: of the file and its options, by which a repeat under the same key is known. `repeats`: what becomes of lines that describe
  // the same thing. `received_at`: when the newest lines of a file came that is still being sent.
  `ALTER TABLE ingestion.imports
     ADD COLUMN request_hash text,
     ADD COLUMN repeats text NOT NULL DEFAULT 'refuse',
     ADD COLUMN encoding text,
     ADD COLUMN encoding_from text,
     ADD COLUMN received_at timestamptz`,
  `CREATE INDEX imports_receiving ON ingestion.imports (received_at) WHERE status = 'receiving'`,
  // `former`: what stood there before the line, of kinds whose lines describe things. Lines are deleted together with their import; a
  // foreign key would be checked for each of a million lines.
  `ALTER TABLE ingestion.import_lines ADD COLUMN former jsonb, DROP CONSTRAINT import_lines_tenant_import_id_fkey`,
  // Each line is updated once, by its result. With room on its page and no index on what changes, no index is written for that.
  'ALTER TABLE ingestion.import_lines SET (fillfactor = 65)',
  'DROP INDEX ingestion.import_lines_failed',
  'CREATE INDEX import_lines_failed ON ingestion.import_lines (tenant, import_id, line) WHERE code IS NOT NULL',
];

const DOWN = [
  'DROP INDEX ingestion.import_lines_failed',
  `CREATE INDEX import_lines_failed ON ingestion.import_lines (tenant, import_id, line) WHERE result = 'failed'`,
  'ALTER TABLE ingestion.import_lines RESET (fillfactor)',
  `DELETE FROM ingestion.import_lines l WHERE NOT EXISTS (SELECT 1 FROM ingestion.imports i WHERE i.tenant = l.tenant AND i.id = l.import_id)`,
  `ALTER TABLE ingestion.import_lines DROP COLUMN former,
     ADD CONSTRAINT import_lines_tenant_import_id_fkey FOREIGN KEY (tenant, import_id) REFERENCES ingestion.imports (tenant, id) ON DELETE CASCADE`,
  'DROP INDEX ingestion.imports_receiving',
  `ALTER TABLE ingestion.imports DROP COLUMN request_hash, DROP COLUMN repeats, DROP COLUMN encoding, DROP COLUMN encoding_from, DROP COLUMN received_at`,
];
