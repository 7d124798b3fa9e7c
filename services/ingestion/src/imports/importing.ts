import { ProcessTable, uuidOf, watchdog, type Chore, type ProcessRef, type ProcessTimes } from '@holdfast/kit';
import type { Pool } from 'pg';
import { PROCESS_TABLE } from '../database/0002-imports.migration.js';
import type { Execution, ImportKind, LineOutcome, WaitingLine } from './import-kind.js';
import type { ImportTable, StoredImport } from './import-table.js';
import { noteUndone } from './undoing.js';

const TIMES: ProcessTimes = { leaseMs: 30_000, patienceMs: 0, retry: { firstMs: 500, mostMs: 60_000 } };

/** Lines between two notes of how far an import is; after a crash so many are looked at again. */
const PORTION = 1_000;

export interface ImportingParts {
  readonly pool: Pool;
  readonly table: ImportTable;
  readonly kinds: ReadonlyMap<string, ImportKind>;
  readonly onFault: (error: unknown) => void;
}

/** Carries imports out, portion after portion. Where a portion has its results, another process can go on after it. */
export class Importing {
  private readonly processes: ProcessTable;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(private readonly parts: ImportingParts) {
    this.processes = new ProcessTable(parts.pool, PROCESS_TABLE, 'import', TIMES);
  }

  /** Begins in the background. */
  start(ref: ProcessRef): void {
    const work: Promise<unknown> = this.drive(ref)
      .catch(this.parts.onFault)
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Drives what a crash, or an engine that was away, left halfway. */
  chore(everyMs: number): Chore {
    return watchdog({
      name: 'imports',
      everyMs,
      due: () => this.parts.table.due(),
      drive: (ref) => this.drive(ref),
      onFault: this.parts.onFault,
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled([...this.underWay]);
  }

  private drive(ref: ProcessRef): Promise<void> {
    return this.processes.hold(ref, async (lease) => {
      await this.parts.table.started(ref);
      for (;;) {
        lease.check();
        const found = await this.parts.table.find(ref.tenant, ref.id);
        if (found?.status !== 'running' || this.stopping.signal.aborted) return;
        const kind = this.parts.kinds.get(found.kind);
        if (kind === undefined) return this.parts.table.end(ref, 'failed', `this version does not know files of the kind ${found.kind}`);
        const lines = await this.parts.table.next(found, PORTION);
        if (lines.length === 0) return this.end(found);
        await this.parts.table.settle(found, await this.outcomes(found, found.undoes === null ? kind : kind.undo, lines));
      }
    });
  }

  private async end(found: StoredImport): Promise<void> {
    if (found.undoes !== null && !found.dryRun) await noteUndone(this.parts.pool, found.tenant, found.undoes);
    await this.parts.table.end(found, 'done', null);
  }

  private async outcomes(found: StoredImport, how: Execution, lines: readonly WaitingLine[]): Promise<readonly LineOutcome[]> {
    const asker = { tenant: found.tenant, subject: found.subject };
    if (found.dryRun) return how.foresee(asker, lines);
    // What stood there is stored before anything changes, so that a portion that comes again after a crash is told as it was.
    const unseen = lines.filter(({ before }) => before === null);
    const standing = await how.look(asker, unseen);
    await this.parts.table.lookedUp(found, standing);
    const seen = lines.map((line) => ({ ...line, before: line.before ?? standing.get(line.line) ?? null }));
    return how.apply(asker, seen, (line) => uuidOf(`${found.id}|${String(line)}`));
  }
}
