import { GrowingPause } from '@holdfast/kit';
import { isTransient } from '@holdfast/messaging';
import type { Logger } from '@holdfast/platform';

const WITHIN_MS = 120_000;
const FIRST_PAUSE_MS = 200;
const MOST_PAUSE_MS = 5_000;

/**
 * Opens what needs the engines, and tries again while one of them cannot be reached: a service is often started together with its
 * engines, and it must not end because it was ready first.
 * @param withinMs no further try begins later than this
 * @throws the last error after that time, and at once an error that a later try would meet again
 */
export async function untilEnginesAnswer<Opened>(
  open: () => Promise<Opened>,
  logger: Pick<Logger, 'warn'>,
  withinMs: number = WITHIN_MS,
): Promise<Opened> {
  const growing = new GrowingPause(FIRST_PAUSE_MS, MOST_PAUSE_MS);
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!isTransient(error) || performance.now() >= until) throw error;
      logger.warn({ err: error }, 'an engine does not answer yet; the start waits for it');
      await growing.wait();
    }
  }
}
