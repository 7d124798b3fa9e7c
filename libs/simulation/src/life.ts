import type { VirtualTime } from './virtual-time.js';

/** One life of a process. What it waits for when it dies never comes, which is how a program stops at an await. */
export class Life {
  #alive = true;
  #calls = 0;
  #diesAtCall = Number.POSITIVE_INFINITY;
  #resolveEnd: () => void = () => undefined;
  /** Resolves when it is over. */
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

  /** Lets it die at the so-manieth call of an engine from now, just after the call went out. */
  endAfterCalls(calls: number): void {
    this.#diesAtCall = this.#calls + calls;
  }

  /** Counts a call that goes out. */
  called(): void {
    this.#calls += 1;
    if (this.#calls >= this.#diesAtCall) this.end();
  }

  /** The same outcome, as long as the process lives. */
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
