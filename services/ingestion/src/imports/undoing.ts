import { inTransaction } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { StoredImport } from './import-table.js';

const BEGIN = `
  INSERT INTO ingestion.imports (tenant, id, kind, dry_run, subject, columns, lines, undoes)
  SELECT tenant, $3, kind, $4, $5, CASE WHEN kind = 'stock' THEN columns || ARRAY['delta'] ELSE columns END,
         (SELECT count(*) FROM ingestion.import_lines l WHERE l.tenant = $1 AND l.import_id = $2 AND (l.delta <> 0 OR l.result = 'applied' AND l.former IS NOT NULL)), id
    FROM ingestion.imports WHERE tenant = $1 AND id = $2
  ON CONFLICT DO NOTHING`;

/** Numbered as in the file. Of lines that describe things: what each shall set, and what it expects to stand there, which is what the first time set. */
const ADD = `
  INSERT INTO ingestion.import_lines (tenant, import_id, line, cells, former)
  SELECT tenant, $3, line, cells || coalesce(former, jsonb_build_object('delta', -delta)),
         (SELECT jsonb_object_agg(name, cells -> name) FROM jsonb_object_keys(former) AS name)
    FROM ingestion.import_lines WHERE tenant = $1 AND import_id = $2 AND (delta <> 0 OR result = 'applied' AND former IS NOT NULL)`;

/** Of two undos that begin at once only one finds the import done. */
const TURN = `UPDATE ingestion.imports SET status = 'undoing' WHERE tenant = $1 AND id = $2 AND status = 'done'`;

/** Taking back what took back something restores that: it is done again. */
const TURNED = `
  WITH undone AS (
    UPDATE ingestion.imports SET status = 'undone' WHERE tenant = $1 AND id = $2 AND status = 'undoing' RETURNING undoes)
  UPDATE ingestion.imports SET status = 'done' WHERE tenant = $1 AND id = (SELECT undoes FROM undone) AND status = 'undone'`;

/**
 * Stores an import that takes back what another changed, line by line.
 * @returns false where the other one is being undone already
 */
export async function storeUndo(
  pool: Pool,
  { tenant, id }: StoredImport,
  undo: { readonly id: string; readonly dryRun: boolean; readonly subject: string },
): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const begun = await client.query(BEGIN, [tenant, id, undo.id, undo.dryRun, undo.subject]);
    if (begun.rowCount === 0) return true;
    if (!undo.dryRun && (await client.query(TURN, [tenant, id])).rowCount === 0) {
      await client.query('DELETE FROM ingestion.imports WHERE tenant = $1 AND id = $2', [tenant, undo.id]);
      return false;
    }
    await client.query(ADD, [tenant, id, undo.id]);
    return true;
  });
}

/** Notes that an import has been taken back. Repeated, it changes nothing. */
export async function noteUndone(pool: Pool, tenant: string, id: string): Promise<void> {
  await pool.query(TURNED, [tenant, id]);
}
