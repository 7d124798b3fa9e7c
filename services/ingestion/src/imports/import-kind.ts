import type { Permission } from '@holdfast/platform';
import type { CsvColumns, CsvLine } from '../csv/csv-table.js';
import type { Asker } from '../stock/stock.service.js';

/** What became of a line, or in a dry run what would become of it. */
export const LINE_RESULTS = ['applied', 'unchanged', 'failed'] as const;
export type LineResult = (typeof LINE_RESULTS)[number];

/** What becomes of lines that describe the same thing. */
export const REPEATS = ['refuse', 'sum'] as const;
export type Repeats = (typeof REPEATS)[number];

/** Why a line failed. */
export interface LineFault {
  /** Of the file; null where the line as a whole is at fault. */
  readonly column: string | null;
  readonly code: string;
  /** What is wrong and how to mend it. */
  readonly says: string;
}

/** A line that was checked and waits to be applied. */
export interface WaitingLine {
  /** In the file; the header is line 1. */
  readonly line: number;
  readonly cells: CsvLine['value'];
  /** Of kinds whose lines describe things: what was looked up before the line, or in an undo what the line expects; null for nothing. */
  readonly former: Former | null;
}

/** What stood there before a line, by column; a column that is null was empty. */
export type Former = Readonly<Record<string, string | number | null>>;

export interface LineOutcome {
  readonly line: number;
  readonly result: LineResult;
  readonly fault?: LineFault;
  /** Units before and after the line, where it says units. */
  readonly before?: number;
  readonly after?: number;
  /** What the line changed, exactly; undo takes back so much. */
  readonly delta?: number;
  /** What undo brings back, of kinds whose lines describe things. */
  readonly former?: Former;
}

export interface Carrying {
  /** Stays the same when the line comes again after a crash. */
  readonly commandIdOf: (line: number) => string;
  /** Id of the import; events of stock name it as their document. */
  readonly importId: string;
  /** When the import began (epoch milliseconds), where lines may have taken effect before a crash without a note of it. */
  readonly begunBefore?: number;
}

/** How checked lines are carried out. */
export interface Execution {
  /**
   * What stands there before each line, of kinds whose lines describe things. It is stored before they are carried out, and comes with them.
   */
  look?(asker: Asker, lines: readonly WaitingLine[]): Promise<ReadonlyMap<number, Former>>;
  /** What each line would do. Nothing is changed. */
  foresee(asker: Asker, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]>;
  /**
   * Carries lines out, each once.
   * @throws what the engines throw; the same lines come again
   */
  apply(asker: Asker, lines: readonly WaitingLine[], carrying: Carrying): Promise<readonly LineOutcome[]>;
}

/** One kind of file: which columns it has, what a line means, how it is carried out and how its effects are taken back. */
export interface ImportKind extends Execution {
  readonly name: string;
  /** Needed besides `inventory.write`. */
  readonly permission: Permission;
  readonly columns: CsvColumns;
  /** Lines that are carried out at once; where it is left out, as many as the importer takes. */
  readonly portion?: number;
  /** The column that is added up where lines that describe the same thing may be summed; undefined where they may not. */
  readonly summed: string | undefined;
  /** @returns what only one line of a file may describe, or what is wrong with the line */
  check(cells: CsvLine['value']): { readonly subject: string } | LineFault;
  /** Lines that take back: their cells are those of the first time, with what is to change in the column `delta`, or with `former`. */
  readonly undo: Execution;
}
