import { setTimeout as pause } from 'node:timers/promises';
import type { Remembering, RememberedAnswer } from './store.js';

/** Nobody waits for these rows, so they gather: at 500 answers a second one statement writes ten of them. */
const GATHER_MS = 20;
const FIRST_RETRY_MS = 50;
const MOST_RETRY_MS = 2_000;
/** Tries at the very end, when the database may be gone for good. */
const LAST_TRIES = 3;

/** Answers that are given out already and written behind their callers' backs. */
export class WrittenSoon {
  private readonly waiting = new Map<string, Remembering>();
  private writing: Promise<void> | undefined;
  private ending = false;

  /**
   * @param write keeps those that come first of their id
   * @param limits.waiting answers that may wait; who brings one more has to wait with it
   * @param limits.perTurn answers written by one statement
   */
  constructor(
    private readonly write: (given: readonly Remembering[]) => Promise<unknown>,
    private readonly limits: { readonly waiting: number; readonly perTurn: number },
  ) {}

  /** The answer, as long as it is not written. */
  find(id: string): RememberedAnswer | undefined {
    return this.waiting.get(id)?.answer;
  }

  /** False where too many wait: write it yourself. The first answer of an id stays. */
  add(given: Remembering): boolean {
    if (this.waiting.has(given.id)) return true;
    if (this.waiting.size >= this.limits.waiting) return false;
    this.waiting.set(given.id, given);
    this.writing ??= this.writeAll();
    return true;
  }

  /** Resolves when nothing waits any more, or what waits cannot be written. */
  async settled(): Promise<void> {
    this.ending = true;
    await this.writing;
    this.ending = false;
  }

  private async writeAll(): Promise<void> {
    let faults = 0;
    await pause(GATHER_MS);
    while (this.waiting.size > 0) {
      const taken = [...this.waiting.values()].slice(0, this.limits.perTurn);
      try {
        await this.write(taken);
        // Only now: until then a repeat finds them here.
        for (const { id } of taken) this.waiting.delete(id);
        faults = 0;
      } catch {
        // The database is away, which its health check says; the answers wait until it is back.
        faults += 1;
        if (this.ending && faults >= LAST_TRIES) break;
        await pause(Math.min(MOST_RETRY_MS, FIRST_RETRY_MS * 2 ** (faults - 1)));
        continue;
      }
      if (this.waiting.size > 0 && this.waiting.size < this.limits.perTurn && !this.ending) await pause(GATHER_MS);
    }
    // In the same step as the last look: what comes after it begins anew.
    this.writing = undefined;
  }
}
