import type { Timing } from '../src/index.js';

/** Time that passes only during a sleep. */
export function virtualTiming(): Timing {
  let now = 0;
  return {
    now: () => now,
    async sleep(ms) {
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    random: () => 0.5,
  };
}
