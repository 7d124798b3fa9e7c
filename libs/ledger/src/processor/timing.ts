/** Time and chance, so that a simulator can put its own in. */
export interface Timing {
  /** Milliseconds from any origin, never going back. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

export const systemTiming: Timing = {
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

/** Doubles with each attempt up to a bound; the jitter keeps two that collided from colliding again. */
export const backOff = (timing: Timing, attempt: number, firstMs: number, mostMs: number): Promise<void> =>
  timing.sleep(Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 20)) * (0.5 + timing.random() / 2));
