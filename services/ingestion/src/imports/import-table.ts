import { inTransaction, type ProcessRef } from '@holdfast/kit';
import type { Page } from '@holdfast/platform';
import type { Pool, PoolClient } from 'pg';
import type { CsvLine } from '../csv/read-csv.js';
import type { LineFault, LineOutcome, LineResult, WaitingLine } from './import-kind.js';

export const IMPORT_STATUSES = ['queued', 'running', 'done', 'failed'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** What becomes of lines that describe the same thing. */
export const REPEATS = ['refuse', 'sum'] as const;
export type Repeats = (typeof REPEATS)[number];

export interface StoredImport {
  readonly tenant: string;
  readonly id: string;
  readonly kind: string;
  readonly dryRun: boolean;
  readonly subject: string;
  /** Of the file, in its order. */
  readonly columns: readonly string[];
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

export interface StoredLine extends Omit<LineOutcome, 'result' | 'fault' | 'before' | 'after'> {
  readonly cells: CsvLine['value'];
  readonly result: LineResult | null;
  readonly column: string | null;
  readonly code: string | null;
  readonly says: string | null;
  readonly before: number | null;
  readonly after: number | null;
}

/** A line of a file as it was checked when the file came. */
export interface CheckedLine extends CsvLine {
  readonly checked: { readonly subject: string } | LineFault;
}

const COLUMNS = `tenant, id, kind, dry_run AS "dryRun", subject, columns, status, fault, lines, applied, unchanged, failed,
  at_line AS "atLine", created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt"`;

const LINE_COLUMNS = `line, cells, result, column_name AS "column", code, says,
  before_units::float8 AS before, after_units::float8 AS after`;

const BEGIN = `
  INSERT INTO ingestion.imports (tenant, id, kind, dry_run, subject, columns, lines) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT DO NOTHING`;

const ADD = `
  INSERT INTO ingestion.import_lines (tenant, import_id, line, cells, subject_key, result, column_name, code, says)
  SELECT $1, $2, * FROM unnest($3::integer[], $4::jsonb[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])`;

/** Only one of these lines could apply, and it is unknown which one is right. */
const REFUSE_REPEATS = `
  UPDATE ingestion.import_lines l
     SET result = 'failed', code = 'repeated_line',
         says = format('lines %s describe the same thing; keep one of them', array_to_string(r.lines[1:10], ', '))
    FROM (SELECT subject_key, array_agg(line ORDER BY line) AS lines FROM ingestion.import_lines
           WHERE tenant = $1 AND import_id = $2 AND result IS NULL GROUP BY subject_key HAVING count(*) > 1) r
   WHERE l.tenant = $1 AND l.import_id = $2 AND l.subject_key = r.subject_key AND l.result IS NULL`;

/** The first of them takes the sum of all; the others say so. Lines without a figure add nothing. */
const SUM_REPEATS = `
  UPDATE ingestion.import_lines l
     SET cells = CASE WHEN l.line = r.lines[1] AND r.total IS NOT NULL THEN jsonb_set(cells, ARRAY[$3], to_jsonb(r.total)) ELSE cells END,
         result = CASE WHEN l.line = r.lines[1] THEN NULL ELSE 'unchanged' END,
         says = format('summed in line %s: lines %s', r.lines[1], array_to_string(r.lines[1:10], ', '))
    FROM (SELECT subject_key, array_agg(line ORDER BY line) AS lines, sum((cells ->> $3)::bigint) AS total FROM ingestion.import_lines
           WHERE tenant = $1 AND import_id = $2 AND result IS NULL GROUP BY subject_key HAVING count(*) > 1) r
   WHERE l.tenant = $1 AND l.import_id = $2 AND l.subject_key = r.subject_key AND l.result IS NULL`;

const COUNT_SETTLED = `
  UPDATE ingestion.imports SET (failed, unchanged) = (
    SELECT count(*) FILTER (WHERE result = 'failed'), count(*) FILTER (WHERE result = 'unchanged')
      FROM ingestion.import_lines WHERE tenant = $1 AND import_id = $2)
   WHERE tenant = $1 AND id = $2`;

const NEXT = `
  SELECT line, cells, before_units::float8 AS before FROM ingestion.import_lines
   WHERE tenant = $1 AND import_id = $2 AND line > $3 AND result IS NULL ORDER BY line LIMIT $4`;

const LOOKED_UP = `
  UPDATE ingestion.import_lines l SET before_units = g.before FROM unnest($3::integer[], $4::bigint[]) AS g (line, before)
   WHERE l.tenant = $1 AND l.import_id = $2 AND l.line = g.line`;

const SETTLE = `
  UPDATE ingestion.import_lines l
     SET result = g.result, column_name = g.column_name, code = g.code, says = coalesce(g.says, l.says), before_units = g.before, after_units = g.after
    FROM unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])
         AS g (line, result, column_name, code, says, before, after)
   WHERE l.tenant = $1 AND l.import_id = $2 AND l.line = g.line`;

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

const LINES_AT_ONCE = 2_000;

/** Imports and their lines. */
export class ImportTable {
  constructor(private readonly pool: Pool) {}

  /**
   * Stores a file whole or not at all. One that is stored already is left as it is.
   * @param summed column that is added up over lines which describe the same thing; they are refused where it is left out
   */
  async begin(
    given: Pick<StoredImport, 'tenant' | 'id' | 'kind' | 'dryRun' | 'subject' | 'columns'>,
    lines: readonly CheckedLine[],
    summed?: string,
  ): Promise<void> {
    const { tenant, id, kind, dryRun, subject, columns } = given;
    await inTransaction(this.pool, async (client) => {
      const begun = await client.query(BEGIN, [tenant, id, kind, dryRun, subject, columns, lines.length]);
      if (begun.rowCount === 0) return;
      for (let from = 0; from < lines.length; from += LINES_AT_ONCE) await add(client, given, lines.slice(from, from + LINES_AT_ONCE));
      await (summed === undefined ? client.query(REFUSE_REPEATS, [tenant, id]) : client.query(SUM_REPEATS, [tenant, id, summed]));
      await client.query(COUNT_SETTLED, [tenant, id]);
    });
  }

  async find(tenant: string, id: string): Promise<StoredImport | undefined> {
    return (await this.pool.query<StoredImport>(`SELECT ${COLUMNS} FROM ingestion.imports WHERE tenant = $1 AND id = $2`, [tenant, id]))
      .rows[0];
  }

  async list(tenant: string, { offset, pageSize }: Page): Promise<{ readonly imports: readonly StoredImport[]; readonly total: number }> {
    const { rows } = await this.pool.query<StoredImport>(
      `SELECT ${COLUMNS} FROM ingestion.imports WHERE tenant = $1 ORDER BY created_at DESC, id OFFSET $2 LIMIT $3`,
      [tenant, offset, pageSize],
    );
    const counted = await this.pool.query<{ total: number }>('SELECT count(*)::int AS total FROM ingestion.imports WHERE tenant = $1', [
      tenant,
    ]);
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

  /** Failed lines behind a line, in the order of the file. */
  async failedAfter({ tenant, id }: StoredImport, line: number, most: number): Promise<readonly StoredLine[]> {
    const sql = `SELECT ${LINE_COLUMNS} FROM ingestion.import_lines
      WHERE tenant = $1 AND import_id = $2 AND result = 'failed' AND line > $3 ORDER BY line LIMIT $4`;
    return (await this.pool.query<StoredLine>(sql, [tenant, id, line, most])).rows;
  }

  async due(): Promise<readonly ProcessRef[]> {
    return (await this.pool.query<ProcessRef>(DUE)).rows;
  }

  async started({ tenant, id }: ProcessRef): Promise<void> {
    const sql = `UPDATE ingestion.imports SET status = 'running', started_at = coalesce(started_at, now()) WHERE tenant = $1 AND id = $2 AND status = 'queued'`;
    await this.pool.query(sql, [tenant, id]);
  }

  async next({ tenant, id, atLine }: StoredImport, most: number): Promise<readonly WaitingLine[]> {
    return (await this.pool.query<WaitingLine>(NEXT, [tenant, id, atLine, most])).rows;
  }

  async lookedUp({ tenant, id }: StoredImport, before: ReadonlyMap<number, number>): Promise<void> {
    await this.pool.query(LOOKED_UP, [tenant, id, [...before.keys()], [...before.values()]]);
  }

  /** Stores what became of a portion and how far the import is, in one transaction. */
  async settle({ tenant, id, atLine }: StoredImport, outcomes: readonly LineOutcome[]): Promise<void> {
    const count = (result: LineResult): number => outcomes.filter((one) => one.result === result).length;
    const of = (value: (one: LineOutcome) => unknown): unknown[] => outcomes.map(value);
    await inTransaction(this.pool, async (client) => {
      const last = Math.max(...outcomes.map(({ line }) => line));
      const moved = await client.query(ADVANCE, [tenant, id, last, count('applied'), count('unchanged'), count('failed'), atLine]);
      if (moved.rowCount === 0) return;
      await client.query(SETTLE, [
        tenant,
        id,
        of(({ line }) => line),
        of(({ result }) => result),
        of(({ fault }) => fault?.column ?? null),
        of(({ fault }) => fault?.code ?? null),
        of(({ fault }) => fault?.says ?? null),
        of(({ before }) => before ?? null),
        of(({ after }) => after ?? null),
      ]);
    });
  }

  async end({ tenant, id }: ProcessRef, status: 'done' | 'failed', fault: string | null): Promise<void> {
    const sql = `UPDATE ingestion.imports SET status = $3, fault = $4, finished_at = now() WHERE tenant = $1 AND id = $2 AND status = 'running'`;
    await this.pool.query(sql, [tenant, id, status, fault]);
  }

  /** Forgets imports that ended so long ago, with their lines. */
  async forgetOlderThan(days: number): Promise<void> {
    await this.pool.query(`DELETE FROM ingestion.imports WHERE finished_at < now() - $1 * interval '1 day'`, [days]);
  }
}

async function add(client: PoolClient, { tenant, id }: ProcessRef, lines: readonly CheckedLine[]): Promise<void> {
  const fault = ({ checked }: CheckedLine): LineFault | undefined => ('subject' in checked ? undefined : checked);
  await client.query(ADD, [
    tenant,
    id,
    lines.map(({ line }) => line),
    lines.map(({ value }) => JSON.stringify(value)),
    lines.map(({ checked }) => ('subject' in checked ? checked.subject : null)),
    lines.map((line) => (fault(line) === undefined ? null : 'failed')),
    lines.map((line) => fault(line)?.column ?? null),
    lines.map((line) => fault(line)?.code ?? null),
    lines.map((line) => fault(line)?.says ?? null),
  ]);
}
