import { isUuid } from '@holdfast/kit';
import type { Caller, Page } from '@holdfast/platform';
import { paginationOf, Problem, requirePermission } from '@holdfast/platform';
import type { Pool } from 'pg';
import { failedLines } from './failed-lines.js';
import type { ImportKind, LineResult } from './import-kind.js';
import type { ImportTable, StoredImport } from './import-table.js';
import { storeUndo } from './undoing.js';
import type { Receiving, WantedImport } from './receiving.js';
import type { ImportLinesView, ImportsView, ImportView } from './import.dto.js';
import type { Importing } from './importing.js';

/** An import, and whether the request that made it came before. */
export interface Begun {
  readonly view: ImportView;
  readonly repeated: boolean;
}

/** Files of tenants: taken whole, then carried out in the background. */
export class ImportsService {
  constructor(
    private readonly pool: Pool,
    private readonly table: ImportTable,
    private readonly importing: Importing,
    private readonly receiving: Receiving,
    private readonly kinds: ReadonlyMap<string, ImportKind>,
  ) {}

  /**
   * Stores the file and begins. The same call again answers the same import.
   * @param id becomes the import's
   * @throws Problem 400 of `readFile`, `validation_failed`; 403 `missing_permission`; 409 `import_being_received`; 422 `idempotency_key_reused`; 503 `upstream_unavailable`
   */
  async begin(asker: Caller, id: string, wanted: WantedImport): Promise<Begun> {
    const kind = this.kindOf(wanted.kind);
    requirePermission(asker, kind.permission);
    if (wanted.duplicates === 'sum' && kind.summed === undefined) throw notSummable(kind.name);
    const stored = await this.receiving.receive(asker, id, kind, wanted);
    this.importing.start({ tenant: asker.tenant, id });
    return { view: await this.view(asker.tenant, id), repeated: !stored };
  }

  /** @throws Problem 404 `unknown_import` */
  async view(tenant: string, id: string): Promise<ImportView> {
    return viewOf(await this.mustExist(tenant, id));
  }

  /**
   * Begins to take back what an import changed, and nothing later. The same call again answers the same undo, which can be undone, too.
   * @param undoId becomes the id of the undo, an import of its own
   * @throws Problem 403 `missing_permission`; 404 `unknown_import`; 409 `import_not_done`, `nothing_to_undo`
   */
  async undo(asker: Caller, id: string, undoId: string, dryRun: boolean): Promise<ImportView> {
    const found = await this.mustExist(asker.tenant, id);
    requirePermission(asker, this.kindOf(found.kind).permission);
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

  private kindOf(name: string): ImportKind {
    const kind = this.kinds.get(name);
    if (kind === undefined) throw new Problem(503, 'upstream_unavailable', `Nothing here takes ${name}; CHANNEL_CONNECTOR_URL must be set`);
    return kind;
  }

  private async mustExist(tenant: string, id: string): Promise<StoredImport> {
    const found = isUuid(id) ? await this.table.find(tenant, id) : undefined;
    if (found === undefined) throw new Problem(404, 'unknown_import', `There is no import ${id}`, { details: [{ id }] });
    return found;
  }
}

const notSummable = (kind: string): Problem =>
  new Problem(400, 'validation_failed', 'Lines of this kind cannot be summed', {
    details: [{ field: 'duplicates', message: `must be refuse for ${kind}: their lines have no quantity` }],
  });

const notDone = ({ id, status }: StoredImport): Problem =>
  new Problem(409, 'import_not_done', 'Only an import that is done can be undone', { details: [{ id, status }] });

const viewOf = (found: StoredImport): ImportView => ({
  id: found.id,
  kind: found.kind,
  dryRun: found.dryRun,
  undoes: found.undoes,
  status: found.status,
  error: found.fault,
  encoding: found.encoding,
  encodingFrom: found.encodingFrom,
  lines: found.lines,
  applied: found.applied,
  unchanged: found.unchanged,
  failed: found.failed,
  createdAt: found.createdAt.toISOString(),
  startedAt: found.startedAt?.toISOString() ?? null,
  finishedAt: found.finishedAt?.toISOString() ?? null,
});
