import { whenAborted } from './when-aborted.js';

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
        detach();
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      const detach = whenAborted(signal, wake);
      this.waiting.add(wake);
    });
  }
}
