import { getEventListeners } from 'node:events';

export interface AbortListeners {
  /** Listeners for the abort that hang on these signals now. */
  count(): number;
  stop(): void;
}

/** Counts the abort listeners on every signal from now on: listeners left on a signal that lives as long as its service are a leak. */
export function watchAbortListeners(): AbortListeners {
  const signals = new Set<AbortSignal>();
  const prototype = AbortSignal.prototype;
  const inherited = prototype.addEventListener;
  prototype.addEventListener = function (this: AbortSignal, ...given: Parameters<typeof inherited>) {
    signals.add(this);
    inherited.apply(this, given);
  };
  return {
    count: () => [...signals].reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0),
    stop: () => {
      prototype.addEventListener = inherited;
    },
  };
}
