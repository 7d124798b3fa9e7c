import { ProcessDriver, uuidOf, type Chore, type Lease, type ProcessRef, type ProcessTimes } from '@holdfast/kit';
import type { Pool } from 'pg';
import { PROCESS_TABLE } from '../database/0002-imports.migration.js';
import type { Carrying, Execution, ImportKind, LineOutcome, WaitingLine } from './import-kind.js';
import type { ImportTable, StoredImport } from './import-table.js';
import { startImport } from './repeats-of-file.js';
import { noteUndone } from './undoing.js';

const TIMES: ProcessTimes = { leaseMs: 30_000, patienceMs: 0, retry: { firstMs: 500, mostMs: 60_000 } };

/** Lines between two notes of how far an import is. */
const PORTION = 2_000;
/** Portions that may have taken effect without a note of it: one is noted while the next is carried out. */
const PORTIONS_UNNOTED = 2;

export interface ImportingParts {
  readonly pool: Pool;
  readonly table: ImportTable;
  readonly kinds: ReadonlyMap<string, ImportKind>;
  readonly onFault: (error: unknown) => void;
}

/** Carries imports out, portion after portion. Where a portion has its results, another process can go on after it. */
export class Importing {
  private readonly driver: ProcessDriver;

  constructor(private readonly parts: ImportingParts) {
    this.driver = new ProcessDriver({
      pool: parts.pool,
      table: PROCESS_TABLE,
      kind: 'import',
      times: TIMES,
      due: () => parts.table.due(),
      drive: (ref, lease, stopping) => this.drive(ref, lease, stopping),
      onFault: parts.onFault,
    });
  }

  /** Begins in the background. */
  start(ref: ProcessRef): void {
    void this.driver.start(ref);
  }

  /** Drives what a crash, or an engine that was away, left halfway. */
  chore(everyMs: number): Chore {
    return this.driver.chore('imports', everyMs);
  }

  stop(): Promise<void> {
    return this.driver.stop();
  }

  private async drive(ref: ProcessRef, lease: Lease, stopping: AbortSignal): Promise<void> {
    const found = await this.parts.table.find(ref.tenant, ref.id);
    if (found === undefined || (found.status !== 'queued' && found.status !== 'running')) return;
    const kind = this.parts.kinds.get(found.kind);
    await startImport(this.parts.pool, ref, { repeats: found.repeats, summed: kind?.summed ?? '' });
    if (kind === undefined) return this.parts.table.end(ref, 'failed', `this version does not know files of the kind ${found.kind}`);
    if (await this.carryOut(found, kind, lease, stopping)) await this.end(found);
  }

  /** @returns whether all lines have their result */
  private async carryOut(found: StoredImport, kind: ImportKind, lease: Lease, stopping: AbortSignal): Promise<boolean> {
    const { table } = this.parts;
    const { portion: most = PORTION } = kind;
    let noted = Promise.resolve(found.atLine);
    let lines = await table.next(found, found.atLine, most);
    for (let portion = 0; lines.length > 0; portion += 1) {
      lease.check();
      if (stopping.aborted) {
        await noted;
        return false;
      }
      // The next lines are read, and the results of those before stored, while these are carried out.
      const next = table.next(found, lines.at(-1)?.line ?? 0, most);
      const outcomes = this.outcomes(found, kind, lines, portion < PORTIONS_UNNOTED);
      const [done, atLine, following] = await Promise.all([outcomes, noted, next]).catch(async (error: unknown) => {
        // A note that is still on its way would confuse the next driver.
        await Promise.allSettled([noted]);
        throw error;
      });
      noted = table.settle(found, atLine, done);
      noted.catch(() => undefined);
      lines = following;
    }
    await noted;
    return true;
  }

  private async end(found: StoredImport): Promise<void> {
    if (found.undoes !== null && !found.dryRun) await noteUndone(this.parts.pool, found.tenant, found.undoes);
    await this.parts.table.end(found, 'done', null);
  }

  /** @param maybeDone where an earlier drive may have got so far */
  private async outcomes(
    found: StoredImport,
    kind: ImportKind,
    lines: readonly WaitingLine[],
    maybeDone: boolean,
  ): Promise<readonly LineOutcome[]> {
    const asker = { tenant: found.tenant, subject: found.subject };
    const how = found.undoes === null ? kind : kind.undo;
    if (found.dryRun) return how.foresee(asker, lines);
    const commandIdOf = (line: number): string => uuidOf(`${found.id}|${String(line)}`);
    const resumed: Pick<Carrying, 'begunBefore'> =
      found.status === 'running' && maybeDone ? { begunBefore: found.startedAt?.getTime() ?? 0 } : {};
    return how.apply(asker, await this.withFormer(found, how, lines), { commandIdOf, importId: found.id, ...resumed });
  }

  /** What stood there is stored before anything changes, so that a portion that comes again after a crash is told as it was. */
  private async withFormer(found: StoredImport, how: Execution, lines: readonly WaitingLine[]): Promise<readonly WaitingLine[]> {
    if (how.look === undefined) return lines;
    const unseen = lines.filter(({ former }) => former === null);
    const standing = await how.look({ tenant: found.tenant, subject: found.subject }, unseen);
    await this.parts.table.noteFormer(found, standing);
    return lines.map((line) => ({ ...line, former: line.former ?? standing.get(line.line) ?? null }));
  }
}
