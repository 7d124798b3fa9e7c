import { csvFault } from './csv-fault.js';

/** One line of the table; in the file it may take several, when a cell in quotes holds line breaks. */
export interface CsvRecord {
  /** First line in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** More cells or longer ones fit no route; without a limit one line could be as large as the body. */
const MAX_CELLS = 100;
const MAX_CELL_LENGTH = 5_000;

const QUOTE = '"';

/**
 * Reads CSV (RFC 4180) record by record, so that the caller may stop or yield to other work in between. Blanks around cells are no part of
 * them.
 */
export class CsvReader {
  private at = 0;
  private readonly end: RegExp;

  constructor(
    private readonly text: string,
    delimiter: string,
    /** Number of the line at which the text begins. */
    private line = 1,
  ) {
    this.end = new RegExp(`[${delimiter}"\\r\\n]`, 'g');
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** Number of the line that comes next. */
  get atLine(): number {
    return this.line;
  }

  /** The next record; undefined for a line without any character. @throws Problem 400 `malformed_csv` */
  next(): CsvRecord | undefined {
    const { line } = this;
    if (this.lineEnds()) return undefined;
    const cells: string[] = [];
    for (;;) {
      cells.push(this.cell());
      if (cells.length > MAX_CELLS) throw csvFault('malformed_csv', `line ${line} has more than ${MAX_CELLS} cells`);
      if (this.ended || this.lineEnds()) return { line, cells };
      this.at += 1;
    }
  }

  /** Steps over a line break where there is one. */
  private lineEnds(): boolean {
    const { text, at } = this;
    const length = text.startsWith('\r\n', at) ? 2 : text[at] === '\n' || text[at] === '\r' ? 1 : 0;
    this.at += length;
    if (length > 0) this.line += 1;
    return length > 0;
  }

  private cell(): string {
    const start = this.at;
    const stop = this.nextSign(start);
    if (this.text[stop] !== QUOTE) return this.bounded(this.text.slice(start, stop), stop).trim();
    if (this.text.slice(start, stop).trim() === '') return this.quoted(stop + 1);
    throw csvFault(
      'malformed_csv',
      `line ${this.line} has a quote within a cell; put the whole cell in quotes and write each quote in it twice`,
    );
  }

  /** @param start behind the opening quote */
  private quoted(start: number): string {
    let from = start;
    let cell = '';
    for (;;) {
      const quote = this.text.indexOf(QUOTE, from);
      if (quote === -1) throw csvFault('malformed_csv', `line ${this.line} has a quote that is never closed`);
      cell = this.bounded(cell + this.text.slice(from, quote), quote + 1);
      if (this.text[quote + 1] !== QUOTE) break;
      cell += QUOTE;
      from = quote + 2;
    }
    const behind = this.at;
    const stop = this.nextSign(behind);
    if (this.text[stop] === QUOTE || this.text.slice(behind, stop).trim() !== '')
      throw csvFault('malformed_csv', `line ${this.line} has text behind the closing quote of a cell`);
    this.at = stop;
    this.line += cell.split(/\r\n|\r|\n/).length - 1;
    return cell.trim();
  }

  /** Moves on to `next`. */
  private bounded(cell: string, next: number): string {
    if (cell.length > MAX_CELL_LENGTH)
      throw csvFault(
        'malformed_csv',
        `line ${this.line} has a cell of more than ${MAX_CELL_LENGTH} characters, or a quote that is not closed`,
      );
    this.at = next;
    return cell;
  }

  /** Where the next delimiter, quote or line break stands, else the end of the text. */
  private nextSign(from: number): number {
    this.end.lastIndex = from;
    return this.end.exec(this.text)?.index ?? this.text.length;
  }
}
