import { inSlices, isUuid } from '@holdfast/kit';
import type { Page } from '@holdfast/platform';
import { paginationOf, Problem } from '@holdfast/platform';
import type { Pool } from 'pg';
import { readCsv, type CsvFile, type CsvLine } from '../csv/read-csv.js';
import type { Asker } from '../stock/stock.service.js';
import { failedLines } from './failed-lines.js';
import type { ImportKind, LineResult } from './import-kind.js';
import type { ImportTable, StoredImport } from './import-table.js';
import { storeUndo } from './undoing.js';
import { storeFile, type CheckedLine, type Repeats } from './store-file.js';
import type { ImportLinesView, ImportsView, ImportView } from './import.dto.js';
import type { Importing } from './importing.js';

/** More lines make one step of the event loop long. */
export const MAX_IMPORT_LINES = 1_000_000;

export interface WantedImport {
  readonly kind: string;
  readonly dryRun: boolean;
  readonly duplicates: Repeats;
  readonly file: CsvFile;
}

/** Files of tenants: taken whole, then carried out in the background. */
export class ImportsService {
  constructor(
    private readonly pool: Pool,
    private readonly table: ImportTable,
    private readonly importing: Importing,
    private readonly kinds: ReadonlyMap<string, ImportKind>,
  ) {}

  /**
   * Stores the file and begins. The same call again answers the same import.
   * @param id becomes the import's
   * @throws Problem 400 of `readCsv`
   */
  async begin(asker: Asker, id: string, { kind: name, dryRun, duplicates, file }: WantedImport): Promise<ImportView> {
    const kind = this.kinds.get(name);
    if (kind === undefined) throw new Error(`there is no kind of import ${name}`);
    const lines = await inSlices(readCsv({ ...file, mostLines: MAX_IMPORT_LINES }, kind.columns));
    const checked = await inSlices(checkedLines(kind, lines));
    const columns = columnsOf(kind, lines);
    await storeFile(this.pool, { tenant: asker.tenant, id, kind: name, dryRun, subject: asker.subject, columns }, checked, {
      repeats: duplicates,
      summed: kind.summed,
    });
    this.importing.start({ tenant: asker.tenant, id });
    return this.view(asker.tenant, id);
  }

  /** @throws Problem 404 `unknown_import` */
  async view(tenant: string, id: string): Promise<ImportView> {
    return viewOf(await this.mustExist(tenant, id));
  }

  /**
   * Begins to take back what an import changed, and nothing later. The same call again answers the same undo, which can be undone, too.
   * @param undoId becomes the id of the undo, an import of its own
   * @throws Problem 404 `unknown_import`; 409 `import_not_done`, `nothing_to_undo`
   */
  async undo(asker: Asker, id: string, undoId: string, dryRun: boolean): Promise<ImportView> {
    const found = await this.mustExist(asker.tenant, id);
    if ((await this.table.find(asker.tenant, undoId)) === undefined) {
      if (found.dryRun) throw new Problem(409, 'nothing_to_undo', 'A dry run changed nothing', { details: [{ id }] });
      if (found.status !== 'done') throw notDone(found);
      if (!(await storeUndo(this.pool, found, { id: undoId, dryRun, subject: asker.subject }))) throw notDone(found);
    }
    this.importing.start({ tenant: asker.tenant, id: undoId });
    return this.view(asker.tenant, undoId);
  }

  async list(tenant: string, page: Page): Promise<ImportsView> {
    const { imports, total } = await this.table.list(tenant, page);
    return { imports: imports.map(viewOf), pagination: paginationOf(page, total) };
  }

  /** @throws Problem 404 `unknown_import` */
  async lines(tenant: string, id: string, result: LineResult | undefined, page: Page): Promise<ImportLinesView> {
    const { lines, total } = await this.table.lines(await this.mustExist(tenant, id), result, page);
    return { lines, pagination: paginationOf(page, total) };
  }

  /** The failed lines as CSV, piece by piece. @throws Problem 404 `unknown_import` */
  async failed(tenant: string, id: string): Promise<AsyncGenerator<string>> {
    return failedLines(this.table, await this.mustExist(tenant, id));
  }

  private async mustExist(tenant: string, id: string): Promise<StoredImport> {
    const found = isUuid(id) ? await this.table.find(tenant, id) : undefined;
    if (found === undefined) throw new Problem(404, 'unknown_import', `There is no import ${id}`, { details: [{ id }] });
    return found;
  }
}

function* checkedLines(kind: ImportKind, lines: readonly CsvLine[]): Generator<undefined, readonly CheckedLine[]> {
  const checked: CheckedLine[] = [];
  for (const line of lines) {
    yield;
    checked.push({ ...line, checked: kind.check(line.value) });
  }
  return checked;
}

/** Columns of the kind that at least one line fills, in the kind's order; needed ones always. */
function columnsOf({ columns: { required, optional } }: ImportKind, lines: readonly CsvLine[]): readonly string[] {
  const filled = new Set(lines.flatMap(({ value }) => Object.keys(value)));
  return [...required, ...optional.filter((name) => filled.has(name))];
}

const notDone = ({ id, status }: StoredImport): Problem =>
  new Problem(409, 'import_not_done', 'Only an import that is done can be undone', { details: [{ id, status }] });

const viewOf = (found: StoredImport): ImportView => ({
  id: found.id,
  kind: found.kind,
  dryRun: found.dryRun,
  undoes: found.undoes,
  status: found.status,
  error: found.fault,
  lines: found.lines,
  applied: found.applied,
  unchanged: found.unchanged,
  failed: found.failed,
  createdAt: found.createdAt.toISOString(),
  startedAt: found.startedAt?.toISOString() ?? null,
  finishedAt: found.finishedAt?.toISOString() ?? null,
});
