import type { ImportTable, StoredImport, StoredLine } from './import-table.js';

const LINES_AT_ONCE = 1_000;

/** Signs by which a spreadsheet program takes a cell for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell of CSV. Text that a spreadsheet program would carry out begins with an apostrophe, which such programs do not show. */
function cellOf(value: string | number | undefined): string {
  if (value === undefined || typeof value === 'number') return String(value ?? '');
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const rowOf = (cells: readonly (string | number | undefined)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** The failed lines of an import as CSV: the columns of the file, and in two more the number of the line and what is wrong with it. */
export async function* failedLines(table: ImportTable, found: StoredImport): AsyncGenerator<string> {
  yield rowOf([...found.columns, 'line', 'fault']);
  const row = ({ cells, line, says }: StoredLine): string => rowOf([...found.columns.map((name) => cells[name]), line, says ?? '']);
  for (let after = 0; ;) {
    const lines = await table.failedAfter(found, after, LINES_AT_ONCE);
    const last = lines.at(-1);
    if (last === undefined) return;
    yield lines.map(row).join('');
    after = last.line;
  }
}
