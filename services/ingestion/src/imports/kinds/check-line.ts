import { check } from '@holdfast/platform';
import type { LineFault } from '../import-kind.js';

/** Checks the cells of a line against a class. */
export function checkCells<Line extends object>(
  shape: new () => Line,
  cells: Readonly<Record<string, unknown>>,
): { readonly value: Line } | LineFault {
  const checked = check(shape, cells);
  if ('value' in checked) return checked;
  const [first] = checked.faults;
  const says = checked.faults.map(({ field, message }) => `${field} ${message}`).join('; ');
  return { column: first?.field ?? null, code: checked.code, says };
}
