import { setTimeout as sleep } from 'node:timers/promises';

const TICK_MS = 10;

/**
 * Calls a function at a steady rate, in small groups. Late calls are not skipped: every item gets the time at which it was due, so that a
 * pause of the measured system (or of this process) counts in full.
 */
export async function steadily(
  perSecond: number,
  seconds: number,
  act: (items: readonly { readonly index: number; readonly dueAt: number }[]) => Promise<void>,
): Promise<void> {
  const total = Math.round(perSecond * seconds);
  const began = performance.now();
  const under: Promise<void>[] = [];
  for (let done = 0; done < total;) {
    const until = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * perSecond) + 1);
    if (until > done) {
      const first = done;
      const dueAt = (index: number): number => began + (index / perSecond) * 1_000;
      under.push(act(Array.from({ length: until - first }, (_none, offset) => ({ index: first + offset, dueAt: dueAt(first + offset) }))));
      done = until;
    }
    await sleep(TICK_MS);
  }
  await Promise.all(under);
}
