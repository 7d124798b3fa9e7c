import type { Permission } from '@holdfast/platform';
import type { CsvColumns, CsvLine } from '../../csv/csv-table.js';
import type { ImportKind, LineFault } from '../import-kind.js';
import { checkCells } from './check-line.js';
import type { DescribedThings } from './described-things.js';
import { DescriptionExecution, RestoringExecution } from './description-execution.js';

/** Files whose lines describe things. */
export abstract class DescriptionLines extends DescriptionExecution implements ImportKind {
  abstract readonly name: string;
  abstract readonly permission: Permission;
  abstract readonly columns: CsvColumns;
  readonly summed: string | undefined = undefined;
  readonly undo: RestoringExecution;

  /**
   * @param shape of a line
   * @param subjectOf what only one line of a file may describe
   */
  constructor(
    things: DescribedThings,
    private readonly shape: new () => object,
    private readonly subjectOf: (cells: CsvLine['value']) => string,
  ) {
    super(things);
    this.undo = new RestoringExecution(things);
  }

  /** @param line the cells as its class takes them */
  check(cells: CsvLine['value'], line: Readonly<Record<string, unknown>> = cells): { readonly subject: string } | LineFault {
    const checked = checkCells(this.shape, line);
    return 'value' in checked ? { subject: this.subjectOf(cells) } : checked;
  }
}
