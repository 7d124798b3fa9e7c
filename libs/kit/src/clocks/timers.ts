import { whenAborted } from '../waiting/when-aborted.js';

/** Timers behind an interface, so that a simulator can run what uses them on a virtual clock. */
export interface Timers {
  /** Runs `run` once, not before `delayMs` have passed. */
  after(delayMs: number, run: () => void): CancelTimer;
}

export type CancelTimer = () => void;

/** Timers of the operating system; none of them keeps the process alive. */
export const systemTimers: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, Math.max(0, delayMs));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves when `delayMs` have passed on these timers, or at once when the signal aborts. Never rejects. */
export function pauseOn(timers: Timers, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      detach?.();
      resolve();
    };
    const cancel = timers.after(delayMs, done);
    const detach = signal && whenAborted(signal, done);
  });
}
