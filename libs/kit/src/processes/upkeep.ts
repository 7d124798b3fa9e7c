import { systemTimers, type CancelTimer, type Timers } from '../clocks/timers.js';

/** Background work that is repeated, such as deleting old rows. */
export interface Chore {
  readonly name: string;
  readonly everyMs: number;
  /** Does all that is due, in pieces that hold no lock for long; ends between two pieces when told to stop. */
  readonly run: (stopping: AbortSignal) => Promise<unknown>;
}

export interface UpkeepSurroundings {
  /** Told of each run, with the error of one that failed: it is tried again at the interval. */
  readonly onRun: (chore: string, error?: unknown) => void;
  readonly timers?: Timers;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

/** The first run comes soon, so that processes which live for minutes have one, too, and not at once, so that those started together part. */
const FIRST_LEAST_MS = 1_000;
const FIRST_SPREAD_MS = 9_000;

/** Runs each chore soon after the start, and from the end of a run on at its interval. */
export class Upkeep {
  private readonly stopping = new AbortController();
  private readonly waiting = new Set<CancelTimer>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly chores: readonly Chore[],
    private readonly surroundings: UpkeepSurroundings,
  ) {}

  start(): void {
    const { random = Math.random } = this.surroundings;
    for (const chore of this.chores) this.schedule(chore, Math.min(chore.everyMs, FIRST_LEAST_MS + random() * FIRST_SPREAD_MS));
  }

  /** Resolves when no chore runs any more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const cancel of this.waiting) cancel();
    await Promise.all(this.running);
  }

  private schedule(chore: Chore, delayMs: number): void {
    if (this.stopping.signal.aborted) return;
    const { timers = systemTimers } = this.surroundings;
    const cancel = timers.after(delayMs, () => {
      this.waiting.delete(cancel);
      const run = this.run(chore).finally(() => {
        this.running.delete(run);
        this.schedule(chore, chore.everyMs);
      });
      this.running.add(run);
    });
    this.waiting.add(cancel);
  }

  private async run({ name, run }: Chore): Promise<void> {
    try {
      await run(this.stopping.signal);
      this.surroundings.onRun(name);
    } catch (error) {
      this.surroundings.onRun(name, error);
    }
  }
}
