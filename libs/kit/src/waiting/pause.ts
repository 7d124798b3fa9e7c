import { whenAborted } from './when-aborted.js';

/** Resolves after `ms`, or at once when the signal aborts. Never rejects, and leaves neither timer nor listener behind. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      detach?.();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const detach = signal && whenAborted(signal, done);
  });
}
