import type { CsvColumns, CsvLine } from '../csv/read-csv.js';
import type { Asker } from '../stock/stock.service.js';

/** What became of a line, or in a dry run what would become of it. */
export const LINE_RESULTS = ['applied', 'unchanged', 'failed'] as const;
export type LineResult = (typeof LINE_RESULTS)[number];

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
  /** Units there before the import touched it; null until it was looked up. */
  readonly before: number | null;
}

export interface LineOutcome {
  readonly line: number;
  readonly result: LineResult;
  readonly fault?: LineFault;
  /** Units before and after the line, where it says units. */
  readonly before?: number;
  readonly after?: number;
  /** What the line changed, exactly; undo takes back so much. */
  readonly delta?: number;
}

/** How checked lines are carried out. */
export interface Execution {
  /** Looks up what stands there now: units before each line, by its number; lines that fail are left out. */
  look(asker: Asker, lines: readonly WaitingLine[]): Promise<ReadonlyMap<number, number>>;
  /** What each line would do. Nothing is changed. */
  foresee(asker: Asker, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]>;
  /**
   * Carries lines out, each once: the id of a line stays the same when it comes again after a crash.
   * @throws what the engines throw; the same lines come again
   */
  apply(asker: Asker, lines: readonly WaitingLine[], commandIdOf: (line: number) => string): Promise<readonly LineOutcome[]>;
}

/** One kind of file: which columns it has, what a line means, how it is carried out and how its effects are taken back. */
export interface ImportKind extends Execution {
  readonly name: string;
  readonly columns: CsvColumns;
  /** The column that is added up where lines that describe the same thing may be summed. */
  readonly summed: string;
  /** @returns what only one line of a file may describe, or what is wrong with the line */
  check(cells: CsvLine['value']): { readonly subject: string } | LineFault;
  /** Lines that take back: their cells are those of the first time, with what is to change in the column `delta`. */
  readonly undo: Execution;
}
