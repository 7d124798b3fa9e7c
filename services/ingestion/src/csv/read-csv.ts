import { someOf } from '@holdfast/kit';
import { MAX_BULK_LINES } from '@holdfast/platform';
import { csvFault } from './csv-fault.js';
import type { CsvRecord } from './csv-reader.js';
import { CsvReader } from './csv-reader.js';
import { decodeCsv } from './decode-csv.js';

export interface CsvColumns {
  readonly required: readonly string[];
  /** Text columns that may be missing. */
  readonly optional: readonly string[];
  /** Which of them hold numbers. */
  readonly numeric: readonly string[];
}

export interface CsvLine {
  /** First line in the file, from 1. */
  readonly line: number;
  readonly value: Readonly<Record<string, string | number>>;
}

export const DECIMALS = ['point', 'comma'] as const;
export type Decimal = (typeof DECIMALS)[number];

export interface CsvFile {
  readonly body: unknown;
  readonly contentType: string | undefined;
  /** The sign between cells; found in the header where it is left out. */
  readonly delimiter?: string | undefined;
  /** Sign before the fraction of a number: a point where it is left out. It is never guessed. */
  readonly decimal?: Decimal;
  /** Most lines below the header; 10,000 where it is left out. */
  readonly mostLines?: number;
}

const NUMBERS: Readonly<Record<Decimal, RegExp>> = { point: /^-?\d{1,15}(\.\d{1,15})?$/, comma: /^-?\d{1,15}(,\d{1,15})?$/ };
const DELIMITERS = [',', ';', '\t'];
const MAX_HEADER_LENGTH = 5_000;
/** A first line by which spreadsheet programs are told the sign: `sep=;`. */
const NAMED_DELIMITER = /^"?sep=([,;\t])"?[ \t]*(?:[\r\n]|$)/i;

/**
 * Reads CSV (RFC 4180) with a header line. A line `sep=…` before it says by which sign cells are parted, else the header does. Empty cells
 * count as not given; what is no number in a numeric column stays a text for the check of the line to complain about. In steps, for
 * `inSlices`.
 * @throws Problem 400 `malformed_csv`, `unreadable_encoding`, `missing_column`, `unknown_column`, `duplicate_column`, `too_many_lines`
 */
export function* readCsv(
  { body, contentType, delimiter, decimal = 'point', mostLines = MAX_BULK_LINES }: CsvFile,
  columns: CsvColumns,
): Generator<undefined, readonly CsvLine[]> {
  if (!Buffer.isBuffer(body)) throw csvFault('malformed_csv', 'the body must be CSV with a header line');
  const text = yield* decodeCsv(body, contentType);
  const named = NAMED_DELIMITER.exec(text)?.[1];
  const reader = new CsvReader(text, delimiter ?? named ?? delimiterOf(text));
  if (named !== undefined) reader.next();
  const lines: CsvLine[] = [];
  let names: readonly string[] | undefined;
  while (!reader.ended) {
    yield;
    const record = reader.next();
    if (record === undefined || isEmpty(record)) continue;
    if (names === undefined) {
      names = record.cells;
      requireColumns(names, columns);
      continue;
    }
    if (lines.length === mostLines) throw csvFault('too_many_lines', `there must be at most ${mostLines} lines below the header`);
    lines.push({ line: record.line, value: valueOf(record, names, columns, decimal) });
  }
  if (names === undefined) throw csvFault('malformed_csv', 'the body must be CSV with a header line');
  if (lines.length === 0) throw csvFault('malformed_csv', 'there must be at least one line below the header');
  return lines;
}

/** Names of columns hold none of these signs, so the one that the header has most of parts its cells. */
function delimiterOf(text: string): string {
  const [header = ''] = text
    .slice(text.search(/\S/))
    .slice(0, MAX_HEADER_LENGTH)
    .split(/[\r\n]/, 1);
  const count = (sign: string): number => header.split(sign).length;
  return DELIMITERS.reduce((most, sign) => (count(sign) > count(most) ? sign : most));
}

function requireColumns(names: readonly string[], { required, optional }: CsvColumns): void {
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) throw csvFault('missing_column', `the header lacks ${missing.join(', ')}`);
  const known = [...required, ...optional];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw csvFault('unknown_column', `the header names ${someOf(unknown)}; known columns: ${known.join(', ')}`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw csvFault('duplicate_column', `the header names ${someOf(twice)} twice`);
}

const isEmpty = ({ cells }: CsvRecord): boolean => cells.length === 1 && cells[0] === '';

function valueOf({ line, cells }: CsvRecord, names: readonly string[], { numeric }: CsvColumns, decimal: Decimal): CsvLine['value'] {
  if (cells.length !== names.length) throw csvFault('malformed_csv', `line ${line} has ${cells.length} cells, the header ${names.length}`);
  const given = names.flatMap((name, index): [string, string | number][] => {
    const cell = cells[index] ?? '';
    if (cell === '') return [];
    return [[name, numeric.includes(name) && NUMBERS[decimal].test(cell) ? Number(cell.replace(',', '.')) : cell]];
  });
  return Object.fromEntries(given);
}
