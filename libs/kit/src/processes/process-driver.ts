import type { Pool } from 'pg';
import { ProcessTable, type Lease, type ProcessRef, type ProcessTimes } from './process-table.js';
import type { Chore } from './upkeep.js';

export interface ProcessDriverOptions {
  readonly pool: Pool;
  /** The service's table of running processes, see `processTable`. */
  readonly table: string;
  /** Kind of the processes in that table. */
  readonly kind: string;
  readonly times: ProcessTimes;
  /** Processes that no instance drives and whose next attempt is due, longest due first: one that always fails comes after the others. */
  readonly due: () => Promise<readonly ProcessRef[]>;
  /** Drives one process under its lease. Ends early, between two steps, when told to stop: the watchdog of another process goes on. */
  readonly drive: (ref: ProcessRef, lease: Lease, stopping: AbortSignal) => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

/** Processes of a kind that one instance drives at once; more wait for a later look. */
const MOST_AT_ONCE = 16;

/** Drives processes of one kind: those that this process starts, in the background, and those that a crash left halfway. */
export class ProcessDriver {
  private readonly processes: ProcessTable;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(private readonly options: ProcessDriverOptions) {
    this.processes = new ProcessTable(options.pool, options.table, options.kind, options.times);
  }

  /** Begins in the background. @returns what resolves, and never rejects, when the process is no longer driven here */
  start(ref: ProcessRef): Promise<unknown> {
    const work: Promise<unknown> = this.drive(ref)
      .catch(this.options.onFault)
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
    return work;
  }

  /**
   * Drives what a crash, or an engine that was away, left halfway, in the background: one that waits long, for the budget of its vendor say,
   * holds up none of the others.
   */
  chore(name: string, everyMs: number): Chore {
    return {
      name,
      everyMs,
      run: async () => {
        const free = MOST_AT_ONCE - this.underWay.size;
        if (free > 0) for (const ref of (await this.options.due()).slice(0, free)) void this.start(ref);
      },
    };
  }

  /** Resolves when nothing that was started runs any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled([...this.underWay]);
  }

  private drive(ref: ProcessRef): Promise<void> {
    return this.processes.hold(ref, (lease) => this.options.drive(ref, lease, this.stopping.signal));
  }
}
