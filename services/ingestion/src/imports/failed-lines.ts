import { csvRow } from '@holdfast/kit';
import type { ImportTable, StoredImport, StoredLine } from './import-table.js';

const LINES_AT_ONCE = 1_000;

/** The failed lines of an import as CSV: the columns of the file, and in two more the number of the line and what is wrong with it. */
export async function* failedLines(table: ImportTable, found: StoredImport): AsyncGenerator<string> {
  yield csvRow([...found.columns, 'line', 'fault']);
  const row = ({ cells, line, says }: StoredLine): string => csvRow([...found.columns.map((name) => cells[name]), line, says ?? '']);
  for (let after = 0; ;) {
    const lines = await table.failedAfter(found, after, LINES_AT_ONCE);
    const last = lines.at(-1);
    if (last === undefined) return;
    yield lines.map(row).join('');
    after = last.line;
  }
}
