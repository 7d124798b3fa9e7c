import type { CsvLine } from '../../csv/csv-table.js';
import type { Asker } from '../../stock/stock.service.js';
import type { Former, LineFault, WaitingLine } from '../import-kind.js';

export type Cells = CsvLine['value'];

/** What stands there of the thing that a line is about. */
export interface Standing {
  readonly exists: boolean;
  /** By column; what is missing is empty. */
  readonly values: Readonly<Record<string, string | number | undefined>>;
}

/** Things that lines describe, such as products: each column is one field of them. */
export interface DescribedThings {
  /** Columns that say which thing a line is about. The first is its id. */
  readonly keys: readonly [string, ...string[]];
  /** Lines with the same text are carried out one after another, in the order of the file; where it is left out, those of one id. */
  laneOf?(cells: Former): string;
  /** Columns that can be emptied again. */
  readonly emptiable: ReadonlySet<string>;
  read(tenant: string, cells: Cells): Promise<Standing>;
  /** What is wrong with a line that the columns alone do not tell. */
  faultOf(tenant: string, cells: Cells, standing: Standing): Promise<LineFault | undefined>;
  /** Sets the columns given and leaves the others. A column that is null is emptied. @throws Problem */
  put(asker: Asker, cells: Cells, values: Former, commandId: string): Promise<void>;
  /** How something that an import made is removed again; undefined where it cannot be. */
  readonly removal?: Removal | undefined;
  /** How lines that take something from each other are carried out; undefined where none can. */
  readonly trading?: Trading | undefined;
}

export interface Removal {
  /** Why it cannot be removed as it is now. */
  faultOf(tenant: string, cells: Cells): Promise<LineFault | undefined>;
  /** Removes it; where it is gone, nothing happens. @throws Problem */
  remove(asker: Asker, cells: Cells, commandId: string): Promise<void>;
}

/** Sets the columns of a thing, or removes it where `values` is null. */
export interface Change {
  readonly cells: Cells;
  readonly values: Former | null;
}

export interface Trading {
  /** Lines that need each other, two or more together; lines that need no other are in none. */
  groups(lines: readonly WaitingLine[]): readonly (readonly WaitingLine[])[];
  /** All changes or none. @throws Problem */
  putAll(asker: Asker, changes: readonly Change[], commandId: string): Promise<void>;
}
