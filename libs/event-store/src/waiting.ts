/** Resolves after the time, or at once when the signal is aborted; never rejects. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal?.addEventListener('abort', finish);
  });
}

/** A pause that doubles with each use, up to a bound, until it is reset. */
export class GrowingPause {
  private nextMs: number;

  constructor(
    private readonly firstMs: number,
    private readonly mostMs: number,
  ) {
    this.nextMs = firstMs;
  }

  async wait(signal?: AbortSignal): Promise<void> {
    const ms = this.nextMs;
    this.nextMs = Math.min(this.nextMs * 2, this.mostMs);
    await sleep(ms, signal);
  }

  reset(): void {
    this.nextMs = this.firstMs;
  }
}

/** Wakes those who wait for something to have happened since they last looked. */
export class Signal {
  private raised = 0;
  private waiting = new Set<() => void>();

  /** Remember it before looking, give it to `after`: what happens in between is not missed. */
  get count(): number {
    return this.raised;
  }

  raise(): void {
    this.raised += 1;
    const woken = this.waiting;
    this.waiting = new Set();
    for (const wake of woken) wake();
  }

  /** Resolves once raised more often than `count`, after the time, or on abort. */
  after(count: number, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (this.raised > count || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      signal.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
  }
}

/** Rejects with the error made by `onTimeout` when the work takes longer; the work itself goes on. */
export async function within<T>(timeoutMs: number, work: Promise<T>, onTimeout: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(onTimeout()), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
