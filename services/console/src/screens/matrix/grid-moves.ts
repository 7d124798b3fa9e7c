export interface Cell {
  readonly row: number;
  /** 0 is the name of the row. */
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that a page down goes. */
  readonly pageRows: number;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>;

/** Where a key leads in a grid, as screen readers and spreadsheets have it; undefined for a key that moves nothing. */
export function moved({ key, ctrlKey, metaKey }: Pressed, { row, column }: Cell, { rows, columns, pageRows }: GridSize): Cell | undefined {
  const far = ctrlKey || metaKey;
  const [lastRow, lastColumn] = [Math.max(0, rows - 1), columns];
  const bounded = (wantedRow: number, wantedColumn: number): Cell => ({
    row: Math.max(0, Math.min(wantedRow, lastRow)),
    column: Math.max(0, Math.min(wantedColumn, lastColumn)),
  });
  switch (key) {
    case 'ArrowUp':
      return bounded(far ? 0 : row - 1, column);
    case 'ArrowDown':
      return bounded(far ? lastRow : row + 1, column);
    case 'ArrowLeft':
      return bounded(row, far ? 0 : column - 1);
    case 'ArrowRight':
      return bounded(row, far ? lastColumn : column + 1);
    case 'PageUp':
      return bounded(row - pageRows, column);
    case 'PageDown':
      return bounded(row + pageRows, column);
    case 'Home':
      return bounded(far ? 0 : row, 0);
    case 'End':
      return bounded(far ? lastRow : row, lastColumn);
    default:
      return undefined;
  }
}
