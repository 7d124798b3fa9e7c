import { backOffMs, type BackOff } from '@holdfast/kit';

/** Time and randomness; the simulator replaces both. */
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

/** The jitter keeps two processes that collided from colliding again. @param failures in a row, at least 1 */
export const backOff = (timing: Timing, failures: number, bounds: BackOff): Promise<void> =>
  timing.sleep(backOffMs(failures, bounds, timing.random()));
