import { inTransaction, int4Array, textArray, type ProcessRef } from '@holdfast/kit';
import type { Page } from '@holdfast/platform';
import type { Pool } from 'pg';
import type { EncodingFrom } from '../csv/csv-decoder.js';
import type { CsvLine } from '../csv/csv-table.js';
import type { Former, LineOutcome, LineResult, Repeats, WaitingLine } from './import-kind.js';

export const IMPORT_STATUSES = ['queued', 'running', 'done', 'failed', 'undoing', 'undone'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

export interface StoredImport {
  readonly tenant: string;
  readonly id: string;
  readonly kind: string;
  readonly dryRun: boolean;
  readonly subject: string;
  /** Of the file, in its order. */
  readonly columns: readonly string[];
  readonly repeats: Repeats;
  /** Of the file; null for an undo. */
  readonly encoding: string | null;
  readonly encodingFrom: EncodingFrom | null;
  /** The import whose effects this one takes back. */
  readonly undoes: string | null;
  readonly status: ImportStatus;
  readonly fault: string | null;
  readonly lines: number;
  readonly applied: number;
  readonly unchanged: number;
  readonly failed: number;
  /** All lines up to this one have their result. */
  readonly atLine: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface StoredLine extends Omit<LineOutcome, 'result' | 'fault' | 'before' | 'after' | 'delta' | 'former'> {
  readonly cells: CsvLine['value'];
  readonly result: LineResult | null;
  readonly column: string | null;
  readonly code: string | null;
  readonly says: string | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly former: Former | null;
}

const COLUMNS = `tenant, id, kind, dry_run AS "dryRun", subject, columns, repeats, encoding, encoding_from AS "encodingFrom", undoes, status, fault, lines, applied, unchanged, failed,
  at_line AS "atLine", created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt"`;

const COMPLETE = `status <> 'receiving'`;

const LINE_COLUMNS = `line, cells, result, column_name AS "column", code, says,
  before_units::float8 AS before, after_units::float8 AS after, former`;

/**
 * Until the next ANALYZE Postgres takes a file for one line and would compare each line with each: 100,000 lines took more than eight
 * minutes. For one transaction.
 */
export const WITHOUT_NESTED_LOOPS = 'SET LOCAL enable_nestloop = off';

const NEXT = `
  SELECT line, cells, former FROM ingestion.import_lines
   WHERE tenant = $1 AND import_id = $2 AND line > $3 AND result IS NULL ORDER BY line LIMIT $4`;

const SETTLE = `
  UPDATE ingestion.import_lines l
     SET result = g.result, column_name = g.column_name, code = g.code, says = coalesce(g.says, l.says), before_units = g.before::bigint,
         after_units = g.after::bigint, delta = g.delta::bigint, former = coalesce(g.former::jsonb, l.former)
    FROM unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
         AS g (line, result, column_name, code, says, before, after, delta, former)
   WHERE l.tenant = $1 AND l.import_id = $2 AND l.line BETWEEN $12 AND $13 AND l.line = g.line`;

const FORMER = `
  UPDATE ingestion.import_lines l SET former = g.former::jsonb FROM unnest($3::integer[], $4::text[]) AS g (line, former)
   WHERE l.tenant = $1 AND l.import_id = $2 AND l.line BETWEEN $5 AND $6 AND l.line = g.line`;

/** Only from where it stood: two drivers of one import cannot count a portion twice. */
const ADVANCE = `
  UPDATE ingestion.imports SET at_line = $3, applied = applied + $4, unchanged = unchanged + $5, failed = failed + $6
   WHERE tenant = $1 AND id = $2 AND at_line = $7`;

const DUE = `
  SELECT i.tenant, i.id::text AS id
    FROM ingestion.imports i LEFT JOIN ingestion.process p ON p.kind = 'import' AND p.tenant = i.tenant AND p.id = i.id::text
   WHERE i.status IN ('queued', 'running') AND (p.lease_until IS NULL OR p.lease_until < now())
     AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
   ORDER BY coalesce(p.next_attempt_at, i.created_at) LIMIT 16`;

const FORGET = `
  WITH old AS (DELETE FROM ingestion.imports WHERE finished_at < now() - $1 * interval '1 day' RETURNING tenant, id)
  DELETE FROM ingestion.import_lines l USING old o WHERE l.tenant = o.tenant AND l.import_id = o.id`;

/** Imports and their lines. A file that is still being sent is none yet. */
export class ImportTable {
  constructor(private readonly pool: Pool) {}

  async find(tenant: string, id: string): Promise<StoredImport | undefined> {
    return (
      await this.pool.query<StoredImport>(`SELECT ${COLUMNS} FROM ingestion.imports WHERE tenant = $1 AND id = $2 AND ${COMPLETE}`, [
        tenant,
        id,
      ])
    ).rows[0];
  }

  async list(tenant: string, { offset, pageSize }: Page): Promise<{ readonly imports: readonly StoredImport[]; readonly total: number }> {
    const { rows } = await this.pool.query<StoredImport>(
      `SELECT ${COLUMNS} FROM ingestion.imports WHERE tenant = $1 AND ${COMPLETE} ORDER BY created_at DESC, id OFFSET $2 LIMIT $3`,
      [tenant, offset, pageSize],
    );
    const counted = await this.pool.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM ingestion.imports WHERE tenant = $1 AND ${COMPLETE}`,
      [tenant],
    );
    return { imports: rows, total: counted.rows[0]?.total ?? 0 };
  }

  /** @param result undefined for every line */
  async lines(
    { tenant, id }: StoredImport,
    result: LineResult | undefined,
    { offset, pageSize }: Page,
  ): Promise<{ readonly lines: readonly StoredLine[]; readonly total: number }> {
    const where = 'tenant = $1 AND import_id = $2 AND ($3::text IS NULL OR result = $3)';
    const { rows } = await this.pool.query<StoredLine>(
      `SELECT ${LINE_COLUMNS} FROM ingestion.import_lines WHERE ${where} ORDER BY line OFFSET $4 LIMIT $5`,
      [tenant, id, result ?? null, offset, pageSize],
    );
    const counted = await this.pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM ingestion.import_lines WHERE ${where}`, [
      tenant,
      id,
      result ?? null,
    ]);
    return { lines: rows, total: counted.rows[0]?.total ?? 0 };
  }

  /** Failed lines behind a line, in the order of the file: those with a code. */
  async failedAfter({ tenant, id }: StoredImport, line: number, most: number): Promise<readonly StoredLine[]> {
    const sql = `SELECT ${LINE_COLUMNS} FROM ingestion.import_lines
      WHERE tenant = $1 AND import_id = $2 AND code IS NOT NULL AND line > $3 ORDER BY line LIMIT $4`;
    return (await this.pool.query<StoredLine>(sql, [tenant, id, line, most])).rows;
  }

  async due(): Promise<readonly ProcessRef[]> {
    return (await this.pool.query<ProcessRef>(DUE)).rows;
  }

  /** Lines behind one that wait to be carried out, in the order of the file. */
  async next({ tenant, id }: ProcessRef, behind: number, most: number): Promise<readonly WaitingLine[]> {
    return (await this.pool.query<WaitingLine>({ name: 'import_next', text: NEXT, values: [tenant, id, behind, most] })).rows;
  }

  /** Stores what stood there before lines that are about to be carried out. */
  async noteFormer({ tenant, id }: ProcessRef, former: ReadonlyMap<number, Former>): Promise<void> {
    if (former.size === 0) return;
    const lines = [...former.keys()];
    await inTransaction(this.pool, async (client) => {
      await client.query(WITHOUT_NESTED_LOOPS);
      const values = textArray([...former.values()].map((one) => JSON.stringify(one)));
      await client.query(FORMER, [tenant, id, int4Array(lines), values, Math.min(...lines), Math.max(...lines)]);
    });
  }

  /**
   * Stores what became of a portion and how far the import is, in one transaction.
   * @param atLine where it stood
   * @returns where it stands
   */
  async settle({ tenant, id }: ProcessRef, atLine: number, outcomes: readonly LineOutcome[]): Promise<number> {
    const count = (result: LineResult): number => outcomes.filter((one) => one.result === result).length;
    const texts = (value: (one: LineOutcome) => string | undefined): Buffer => textArray(outcomes.map((one) => value(one) ?? null));
    const lines = outcomes.map(({ line }) => line);
    const last = Math.max(...lines);
    await inTransaction(this.pool, async (client) => {
      const moved = await client.query(ADVANCE, [tenant, id, last, count('applied'), count('unchanged'), count('failed'), atLine]);
      if (moved.rowCount === 0) throw new Error('another driver has taken this import further');
      await client.query(WITHOUT_NESTED_LOOPS);
      await client.query(SETTLE, [
        tenant,
        id,
        int4Array(lines),
        texts(({ result }) => result),
        texts(({ fault }) => fault?.column ?? undefined),
        texts(({ fault }) => fault?.code),
        texts(({ fault }) => fault?.says),
        texts(({ before }) => before?.toString()),
        texts(({ after }) => after?.toString()),
        texts(({ delta }) => delta?.toString()),
        texts(({ former }) => former && JSON.stringify(former)),
        Math.min(...lines),
        last,
      ]);
    });
    return last;
  }

  async end({ tenant, id }: ProcessRef, status: 'done' | 'failed', fault: string | null): Promise<void> {
    const sql = `UPDATE ingestion.imports SET status = $3, fault = $4, finished_at = now() WHERE tenant = $1 AND id = $2 AND status = 'running'`;
    await this.pool.query(sql, [tenant, id, status, fault]);
  }

  /** Forgets imports that ended so long ago, with their lines. */
  async forgetOlderThan(days: number): Promise<void> {
    await this.pool.query(FORGET, [days]);
  }
}
