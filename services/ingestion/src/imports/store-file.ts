import { inTransaction, type ProcessRef } from '@holdfast/kit';
import type { Pool, PoolClient } from 'pg';
import type { CsvLine } from '../csv/read-csv.js';
import type { LineFault } from './import-kind.js';
import { WITHOUT_NESTED_LOOPS, type StoredImport } from './import-table.js';

/** A line of a file as it was checked when the file came. */
export interface CheckedLine extends CsvLine {
  readonly checked: { readonly subject: string } | LineFault;
}

/** What becomes of lines that describe the same thing. */
export const REPEATS = ['refuse', 'sum'] as const;
export type Repeats = (typeof REPEATS)[number];

const BEGIN = `
  INSERT INTO ingestion.imports (tenant, id, kind, dry_run, subject, columns, lines) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT DO NOTHING`;

const ADD = `
  INSERT INTO ingestion.import_lines (tenant, import_id, line, cells, subject_key, result, column_name, code, says)
  SELECT $1, $2, * FROM unnest($3::integer[], $4::jsonb[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])`;

/** Lines that describe the same thing. */
const REPEATED = `
  (SELECT line, min(line) OVER same AS first, max(line) OVER same AS last, count(*) OVER same AS lines, sum((cells ->> $3)::bigint) OVER same AS total
     FROM ingestion.import_lines WHERE tenant = $1 AND import_id = $2 AND result IS NULL WINDOW same AS (PARTITION BY subject_key)) r
   WHERE r.lines > 1 AND l.tenant = $1 AND l.import_id = $2 AND l.line = r.line`;

/** Only one of these lines could apply, and it is unknown which one is right. */
const REFUSE_REPEATS = `
  UPDATE ingestion.import_lines l
     SET result = 'failed', code = 'repeated_line',
         says = format('describes the same thing as line %s; keep one of them', CASE WHEN l.line = r.first THEN r.last ELSE r.first END)
    FROM ${REPEATED}`;

/** The first of them takes the sum of all; the others say so. Lines without a figure add nothing. */
const SUM_REPEATS = `
  UPDATE ingestion.import_lines l
     SET cells = CASE WHEN l.line = r.first AND r.total IS NOT NULL THEN jsonb_set(cells, ARRAY[$3], to_jsonb(r.total)) ELSE cells END,
         result = CASE WHEN l.line = r.first THEN NULL ELSE 'unchanged' END,
         says = CASE WHEN l.line = r.first THEN format('the sum of %s lines, the last of them line %s', r.lines, r.last)
                     ELSE format('summed in line %s', r.first) END
    FROM ${REPEATED}`;

const COUNT_SETTLED = `
  UPDATE ingestion.imports SET (failed, unchanged) = (
    SELECT count(*) FILTER (WHERE result = 'failed'), count(*) FILTER (WHERE result = 'unchanged')
      FROM ingestion.import_lines WHERE tenant = $1 AND import_id = $2)
   WHERE tenant = $1 AND id = $2`;

const LINES_AT_ONCE = 2_000;

/**
 * Stores a file whole or not at all. One that is stored already is left as it is.
 * @param summed column that is added up where repeats are summed
 */
export async function storeFile(
  pool: Pool,
  given: Pick<StoredImport, 'tenant' | 'id' | 'kind' | 'dryRun' | 'subject' | 'columns'>,
  lines: readonly CheckedLine[],
  { repeats, summed }: { readonly repeats: Repeats; readonly summed: string },
): Promise<void> {
  const { tenant, id, kind, dryRun, subject, columns } = given;
  await inTransaction(pool, async (client) => {
    const begun = await client.query(BEGIN, [tenant, id, kind, dryRun, subject, columns, lines.length]);
    if (begun.rowCount === 0) return;
    for (let from = 0; from < lines.length; from += LINES_AT_ONCE) await add(client, given, lines.slice(from, from + LINES_AT_ONCE));
    await client.query(WITHOUT_NESTED_LOOPS);
    await client.query(repeats === 'sum' ? SUM_REPEATS : REFUSE_REPEATS, [tenant, id, summed]);
    await client.query(COUNT_SETTLED, [tenant, id]);
  });
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
