import { inTransaction, int4Array, textArray, type ProcessRef } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { CsvLine } from '../csv/csv-table.js';
import type { ReadFile } from '../csv/read-file.js';
import type { LineFault, Repeats } from './import-kind.js';
import type { StoredImport } from './import-table.js';

/** A line of a file as it was checked when the file came. */
export interface CheckedLine extends CsvLine {
  readonly checked: { readonly subject: string } | LineFault;
}

export interface NewFile extends Pick<StoredImport, 'tenant' | 'id' | 'kind' | 'dryRun' | 'subject'> {
  readonly repeats: Repeats;
}

/** A sender that is silent for longer has left; Node itself gives a whole request five minutes. */
const SILENT_MINUTES = 10;

const BEGIN = `
  INSERT INTO ingestion.imports (tenant, id, kind, dry_run, subject, repeats, columns, lines, status, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, '{}', 0, 'receiving', now()) ON CONFLICT DO NOTHING`;

/** A file that was dropped meanwhile gets no more lines. */
const CAME = `
  UPDATE ingestion.imports SET lines = lines + $3, failed = failed + $4, received_at = now()
   WHERE tenant = $1 AND id = $2 AND status = 'receiving'`;

const ADD = `
  INSERT INTO ingestion.import_lines (tenant, import_id, line, cells, subject_key, result, column_name, code, says)
  SELECT $1, $2, line, cells::jsonb, subject_key, result, column_name, code, says
    FROM unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
         AS given (line, cells, subject_key, result, column_name, code, says)`;

const COMPLETE = `
  UPDATE ingestion.imports SET status = 'queued', columns = $3, encoding = $4, encoding_from = $5, request_hash = $6
   WHERE tenant = $1 AND id = $2 AND status = 'receiving'`;

const DROP = `
  WITH dropped AS (DELETE FROM ingestion.imports WHERE status = 'receiving' AND %WHICH% RETURNING tenant, id)
  DELETE FROM ingestion.import_lines l USING dropped d WHERE l.tenant = d.tenant AND l.import_id = d.id`;

/** Files that are being sent, in the tables of imports. */
export class ReceivedFiles {
  constructor(private readonly pool: Pool) {}

  /** @returns false where there is an import of that id */
  async begin({ tenant, id, kind, dryRun, subject, repeats }: NewFile): Promise<boolean> {
    return (await this.pool.query(BEGIN, [tenant, id, kind, dryRun, subject, repeats])).rowCount === 1;
  }

  async add({ tenant, id }: ProcessRef, lines: readonly CheckedLine[]): Promise<void> {
    if (lines.length === 0) return;
    const faults = lines.map(({ checked }) => ('subject' in checked ? undefined : checked));
    const failed = faults.filter((fault) => fault !== undefined).length;
    await inTransaction(this.pool, async (client) => {
      const came = await client.query(CAME, [tenant, id, lines.length, failed]);
      if (came.rowCount === 0) throw new Error('the file was given up while it was sent');
      await client.query(ADD, [
        tenant,
        id,
        int4Array(lines.map(({ line }) => line)),
        textArray(lines.map(({ value }) => JSON.stringify(value))),
        textArray(lines.map(({ checked }) => ('subject' in checked ? checked.subject : null))),
        textArray(faults.map((fault) => (fault === undefined ? null : 'failed'))),
        textArray(faults.map((fault) => fault?.column ?? null)),
        textArray(faults.map((fault) => fault?.code ?? null)),
        textArray(faults.map((fault) => fault?.says ?? null)),
      ]);
    });
  }

  async complete(
    { tenant, id }: ProcessRef,
    { columns, encoding, requestHash }: ReadFile & { readonly requestHash: string },
  ): Promise<void> {
    const completed = await this.pool.query(COMPLETE, [tenant, id, columns, encoding.name, encoding.from, requestHash]);
    if (completed.rowCount === 0) throw new Error('the file was given up while it was sent');
  }

  /** Hash of the request that made an import; null for one that is no file, or older than these hashes. */
  async requestHash({ tenant, id }: ProcessRef): Promise<string | null> {
    const sql = `SELECT CASE WHEN status = 'receiving' THEN status ELSE request_hash END AS hash FROM ingestion.imports WHERE tenant = $1 AND id = $2`;
    return (await this.pool.query<{ hash: string | null }>(sql, [tenant, id])).rows[0]?.hash ?? null;
  }

  async drop({ tenant, id }: ProcessRef): Promise<void> {
    await this.pool.query(DROP.replace('%WHICH%', 'tenant = $1 AND id = $2'), [tenant, id]);
  }

  /** Drops what senders left that went away together with the process that they sent to. */
  async dropSilent(): Promise<void> {
    await this.pool.query(DROP.replace('%WHICH%', `received_at < now() - $1 * interval '1 minute'`), [SILENT_MINUTES]);
  }
}
