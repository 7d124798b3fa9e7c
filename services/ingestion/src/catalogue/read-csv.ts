import { CsvError, parse } from 'csv-parse/sync';
import { MAX_BULK_LINES, Problem } from '@holdfast/platform';

export interface CsvColumns {
  readonly required: readonly string[];
  /** Text columns that may be missing. */
  readonly optional: readonly string[];
  /** Which of them hold numbers. */
  readonly numeric: readonly string[];
}

export interface CsvLine {
  /** In the file; the header is line 1. */
  readonly line: number;
  readonly value: Readonly<Record<string, string | number>>;
}

const fault = (code: string, message: string): Problem => new Problem(400, code, message, { details: [{ field: 'body', message }] });

const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/**
 * Reads CSV (RFC 4180) with a header line. Empty cells count as not given; what is no number in a numeric column stays a text for the check
 * of the line to complain about.
 * @throws Problem 400 `malformed_csv`, `missing_column`, `unknown_column`, `too_many_lines`
 */
export function readCsv(text: unknown, columns: CsvColumns): readonly CsvLine[] {
  if (typeof text !== 'string' || text.trim() === '') throw fault('malformed_csv', 'the body must be CSV with a header line');
  const [header, ...records] = parsed(text);
  const names = header?.record.map((name) => name.trim()) ?? [];
  requireColumns(names, columns);
  if (records.length === 0) throw fault('malformed_csv', 'there must be at least one line below the header');
  if (records.length > MAX_BULK_LINES) throw fault('too_many_lines', `there must be at most ${MAX_BULK_LINES} lines below the header`);
  return records.map(({ record, info }) => ({ line: info.lines, value: valueOf(record, names, columns) }));
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parsed(text: string): readonly Parsed[] {
  try {
    const records: unknown = parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true });
    return records as readonly Parsed[];
  } catch (error) {
    if (error instanceof CsvError) throw fault('malformed_csv', error.message);
    throw error;
  }
}

function requireColumns(names: readonly string[], { required, optional }: CsvColumns): void {
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) throw fault('missing_column', `the header lacks ${missing.join(', ')}`);
  const unknown = names.filter((name) => !required.includes(name) && !optional.includes(name));
  const known = [...required, ...optional].join(', ');
  if (unknown.length > 0) throw fault('unknown_column', `the header names ${unknown.join(', ')}; known columns: ${known}`);
}

function valueOf(record: readonly string[], names: readonly string[], { numeric }: CsvColumns): CsvLine['value'] {
  const cells = names.flatMap((name, index): [string, string | number][] => {
    const cell = record[index] ?? '';
    if (cell === '') return [];
    return [[name, numeric.includes(name) && NUMBER.test(cell) ? Number(cell) : cell]];
  });
  return Object.fromEntries(cells);
}
