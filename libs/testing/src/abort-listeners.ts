import { getEventListeners } from 'node:events';

export interface AbortListeners {
  /** Listeners for the abort that hang on these signals now. */
  count(): number;
  stop(): void;
}

/** Watches every signal that anybody listens to from now on: what is left on one that lives as long as its service is never given back. */
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
