import type { VirtualTime } from './virtual-time.js';

/** One life of a process. After its death its promises never settle, as when a program is killed at an await. */
export class Life {
  #alive = true;
  #calls = 0;
  #diesAtCall = Number.POSITIVE_INFINITY;
  #resolveEnd: () => void = () => undefined;
  /** Resolves when the process is dead. */
  readonly ended = new Promise<void>((resolve) => {
    this.#resolveEnd = resolve;
  });

  constructor(
    readonly time: VirtualTime,
    private readonly onEnd: () => void = () => undefined,
  ) {}

  get alive(): boolean {
    return this.#alive;
  }

  end(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#resolveEnd();
    this.onEnd();
  }

  /** Kills the process after it has sent the given number of further engine calls. */
  endAfterCalls(calls: number): void {
    this.#diesAtCall = this.#calls + calls;
  }

  /** Counts a call that is sent. */
  called(): void {
    this.#calls += 1;
    if (this.#calls >= this.#diesAtCall) this.end();
  }

  /** Passes the outcome on while the process lives. */
  hears<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      work.then(
        (value) => {
          if (this.#alive) resolve(value);
        },
        (error: unknown) => {
          if (this.#alive) reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  after(delayMs: number, run: () => void): () => void {
    return this.time.after(delayMs, () => {
      if (this.#alive) run();
    });
  }

  sleep(ms: number): Promise<void> {
    return this.hears(this.time.sleep(ms));
  }
}
