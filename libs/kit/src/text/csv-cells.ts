/** Signs by which a spreadsheet program takes a cell for a formula. */
const FORMULA = /^'*[=+\-@\t\r]/;
const MADE_HARMLESS = /^'+[=+\-@\t\r]/;

type Cell = string | number | null | undefined;

/** Text that a spreadsheet program would carry out begins with an apostrophe, which such programs do not show. */
function cellOf(value: Cell): string {
  if (typeof value !== 'string') return String(value ?? '');
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row of CSV (RFC 4180) in which no text is a formula. */
export const csvRow = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** A cell as it was before `csvRow` made it harmless. */
export const csvText = (cell: string): string => (MADE_HARMLESS.test(cell) ? cell.slice(1) : cell);
