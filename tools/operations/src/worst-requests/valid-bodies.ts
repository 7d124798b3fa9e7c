import type { Body } from './bodies.js';

/** Most lines of a bulk request. */
export const LINES = 10_000;

export const many = <Line>(count: number, lineOf: (index: number) => Line): readonly Line[] =>
  Array.from({ length: count }, (_, index) => lineOf(index));

/** A text of so many characters that begins with the given one and differs for each index. */
export const padded = (text: string, index: number, length: number): string => `${text} ${index}`.padEnd(length, 'x');

export const jsonOf = (value: unknown): Body => ({ kind: 'valid', contentType: 'application/json', text: JSON.stringify(value) });

/** The rows below a header of their fields; a cell that needs it is quoted. */
export function csvOf(rows: readonly object[]): Body {
  const lines = rows.map((row) => Object.values(row).map(cellOf).join(','));
  return { kind: 'valid', contentType: 'text/csv', text: [Object.keys(rows[0] ?? {}).join(','), ...lines].join('\n') };
}

function cellOf(value: unknown): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
