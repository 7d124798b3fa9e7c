import { inTransaction, type ProcessRef } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { Repeats } from './import-kind.js';
import { WITHOUT_NESTED_LOOPS } from './import-table.js';

/** Sorting a million subjects in memory; for one transaction. */
const WITH_MEMORY = `SET LOCAL work_mem = '128MB'`;

/** Lines that describe the same thing. Few, but each line has to be compared. */
const REPEATED = `
  (SELECT subject_key, min(line) AS first, max(line) AS last, count(*) AS lines, sum((cells ->> $3)::bigint) AS total,
          min(coalesce(cells ->> 'unit', '')) <> max(coalesce(cells ->> 'unit', '')) AS mixed
     FROM ingestion.import_lines WHERE tenant = $1 AND import_id = $2 AND result IS NULL
    GROUP BY subject_key HAVING count(*) > 1) r
   WHERE l.tenant = $1 AND l.import_id = $2 AND l.result IS NULL AND l.subject_key = r.subject_key`;

/** Only one of these lines could apply, and it is unknown which one is right. */
const REFUSE_REPEATS = `
  UPDATE ingestion.import_lines l
     SET result = 'failed', code = 'repeated_line',
         says = format('describes the same thing as line %s; keep one of them', CASE WHEN l.line = r.first THEN r.last ELSE r.first END)
    FROM ${REPEATED}`;

/** The first of them takes the sum of all; the others say so. Lines without a figure add nothing. Boxes and single units are not summed. */
const SUM_REPEATS = `
  UPDATE ingestion.import_lines l
     SET cells = CASE WHEN l.line = r.first AND r.total IS NOT NULL AND NOT r.mixed THEN jsonb_set(cells, ARRAY[$3], to_jsonb(r.total)) ELSE cells END,
         result = CASE WHEN r.mixed THEN 'failed' WHEN l.line = r.first THEN NULL ELSE 'unchanged' END,
         code = CASE WHEN r.mixed THEN 'repeated_line' END,
         says = CASE WHEN r.mixed THEN 'lines that are summed must name the same unit; write them in one unit'
                     WHEN l.line = r.first THEN format('the sum of %s lines, the last of them line %s', r.lines, r.last)
                     ELSE format('summed in line %s', r.first) END
    FROM ${REPEATED}`;

const COUNT_SETTLED = `
  (SELECT count(*) FILTER (WHERE result = 'failed') AS failed, count(*) FILTER (WHERE result = 'unchanged') AS unchanged
     FROM ingestion.import_lines WHERE tenant = $1 AND import_id = $2)`;

const START = `
  UPDATE ingestion.imports SET status = 'running', started_at = now(), (failed, unchanged) = ${COUNT_SETTLED}
   WHERE tenant = $1 AND id = $2 AND status = 'queued'`;

/**
 * Settles lines that describe the same thing, and starts the import, in one transaction. Once it runs, this changes nothing.
 * @param summed column that is added up where repeats are summed
 */
export async function startImport(
  pool: Pool,
  { tenant, id }: ProcessRef,
  { repeats, summed }: { readonly repeats: Repeats; readonly summed: string },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ status: string }>(
      'SELECT status FROM ingestion.imports WHERE tenant = $1 AND id = $2 FOR UPDATE',
      [tenant, id],
    );
    if (rows[0]?.status !== 'queued') return;
    await client.query(WITHOUT_NESTED_LOOPS);
    await client.query(WITH_MEMORY);
    await client.query(repeats === 'sum' ? SUM_REPEATS : REFUSE_REPEATS, [tenant, id, summed]);
    await client.query(START, [tenant, id]);
  });
}
