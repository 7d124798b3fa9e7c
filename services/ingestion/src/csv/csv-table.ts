import { csvText, someOf } from '@holdfast/kit';
import { csvFault } from './csv-fault.js';
import { CsvReader, type CsvRecord } from './csv-reader.js';
import { isoOf, type DateForm } from './date-forms.js';

export interface CsvColumns {
  readonly required: readonly string[];
  /** Text columns that may be missing. */
  readonly optional: readonly string[];
  /** Which of them hold numbers. */
  readonly numeric: readonly string[];
  /** Which of them hold dates or times. */
  readonly dates?: readonly string[];
}

export interface CsvLine {
  /** First line in the file, from 1. */
  readonly line: number;
  readonly value: Readonly<Record<string, string | number>>;
}

export const DECIMALS = ['point', 'comma'] as const;
export type Decimal = (typeof DECIMALS)[number];

export interface CsvForm {
  /** The sign between cells; found in the header where it is left out. */
  readonly delimiter?: string | undefined;
  /** Sign before the fraction of a number: a point where it is left out. It is never guessed. */
  readonly decimal?: Decimal;
  /** How dates are written besides ISO 8601. It is never guessed. */
  readonly dates?: DateForm;
  /** Most lines below the header. */
  readonly mostLines: number;
}

const NUMBERS: Readonly<Record<Decimal, RegExp>> = { point: /^-?\d{1,15}(\.\d{1,15})?$/, comma: /^-?\d{1,15}(,\d{1,15})?$/ };
const DELIMITERS = [',', ';', '\t'];
const MAX_HEADER_LENGTH = 5_000;
/** Longer than any line whose cells are within their limits, so that a quote that is never closed is not searched through the whole file. */
const MAX_LINE_LENGTH = 1_100_000;
/** A first line by which spreadsheet programs are told the sign: `sep=;`. */
const NAMED_DELIMITER = /^"?sep=([,;\t])"?[ \t]*(?:[\r\n]|$)/i;

/**
 * Reads the lines of a table from text that comes in pieces. A line `sep=…` before the header says by which sign cells are parted, else the
 * header does. Empty cells count as not given; what is no number in a numeric column stays a text for the check of the line to complain about.
 */
export class CsvTable {
  private rest = '';
  private line = 1;
  private lines = 0;
  private delimiter: string | undefined;
  private header: readonly string[] | undefined;

  constructor(
    private readonly columns: CsvColumns,
    private readonly form: CsvForm,
  ) {}

  /** Columns of the file, in its order. */
  get names(): readonly string[] {
    return this.header ?? [];
  }

  /**
   * The lines that a piece of text completes; in steps, for `inSlices`.
   * @throws Problem 400 `malformed_csv`, `missing_column`, `unknown_column`, `duplicate_column`, `too_many_lines`
   */
  *read(piece: string): Generator<undefined, readonly CsvLine[]> {
    const text = this.rest + piece;
    const end = endOfRecords(text);
    this.rest = text.slice(end);
    const lines = end === 0 ? [] : yield* this.records(text.slice(0, end));
    if (this.rest.length > MAX_LINE_LENGTH)
      throw csvFault('malformed_csv', `the line that begins at line ${this.line} is too long, or has a quote that is never closed`);
    return lines;
  }

  /** The lines that the end of the file completes. @throws as `read`, and where there is no line */
  *end(): Generator<undefined, readonly CsvLine[]> {
    const lines = yield* this.records(this.rest);
    if (this.header === undefined) throw csvFault('malformed_csv', 'the body must be CSV with a header line');
    if (this.lines === 0) throw csvFault('malformed_csv', 'there must be at least one line below the header');
    return lines;
  }

  /** @param text whole records */
  private *records(text: string): Generator<undefined, readonly CsvLine[]> {
    const named = this.delimiter === undefined && this.line === 1 ? NAMED_DELIMITER.exec(text)?.[1] : undefined;
    const delimiter = (this.delimiter ??= this.form.delimiter ?? named ?? delimiterOf(text));
    // Lines without any sign say nothing of it yet.
    if (delimiter === undefined) {
      this.line += text.split(/\r\n|\r|\n/).length - 1;
      return [];
    }
    const reader = new CsvReader(text, delimiter, this.line);
    if (named !== undefined) reader.next();
    const lines: CsvLine[] = [];
    while (!reader.ended) {
      yield;
      const record = reader.next();
      if (record === undefined || isEmpty(record)) continue;
      if (this.header === undefined) {
        requireColumns(record.cells, this.columns);
        this.header = record.cells;
      } else lines.push(this.lineOf(record, this.header));
    }
    this.line = reader.atLine;
    return lines;
  }

  private lineOf({ line, cells }: CsvRecord, names: readonly string[]): CsvLine {
    const { mostLines, decimal = 'point', dates } = this.form;
    if (this.lines === mostLines) throw csvFault('too_many_lines', `there must be at most ${mostLines} lines below the header`);
    if (cells.length !== names.length)
      throw csvFault('malformed_csv', `line ${line} has ${cells.length} cells, the header ${names.length}`);
    this.lines += 1;
    const value: Record<string, string | number> = {};
    names.forEach((name, index) => {
      const cell = csvText(cells[index] ?? '');
      if (cell === '') return;
      if (this.columns.numeric.includes(name) && NUMBERS[decimal].test(cell)) value[name] = Number(cell.replace(',', '.'));
      else value[name] = this.columns.dates?.includes(name) === true ? isoOf(cell, dates) : cell;
    });
    return { line, value };
  }
}

/** Behind the last line break that stands outside of quotes; 0 for none. A CR at the very end may be half of a line break. */
function endOfRecords(text: string): number {
  let end = 0;
  for (let from = 0; ;) {
    const open = text.indexOf('"', from);
    const unquoted = text.slice(from, open === -1 ? text.length : open);
    const beforeEnd = text.length - from - 2;
    const at = Math.max(unquoted.lastIndexOf('\n'), beforeEnd < 0 ? -1 : unquoted.lastIndexOf('\r', beforeEnd));
    if (at !== -1) end = from + at + 1;
    const close = open === -1 ? -1 : text.indexOf('"', open + 1);
    if (close === -1) return end;
    from = close + 1;
  }
}

/** Names of columns hold none of these signs, so the one that the header has most of parts its cells. */
function delimiterOf(text: string): string | undefined {
  const start = text.search(/\S/);
  if (start === -1) return undefined;
  const [header = ''] = text.slice(start, start + MAX_HEADER_LENGTH).split(/[\r\n]/, 1);
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
