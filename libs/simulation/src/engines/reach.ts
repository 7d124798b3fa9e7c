import type { Faults } from '../faults.js';
import type { Life } from '../life.js';

/**
 * Called by every simulated engine for one call of a process. A call that was sent takes effect even if its sender dies before the answer.
 * @param unknown the error that tells the caller that the outcome is unknown
 */
export function reach<T>(life: Life, faults: Faults, work: () => Promise<T>, unknown: () => Error): Promise<T> {
  if (!life.alive) return new Promise(() => undefined);
  const { time } = life;
  const fate = faults.next();
  const outcome = async (): Promise<T> => {
    switch (fate.kind) {
      case 'fails':
        await time.sleep(fate.afterMs);
        throw unknown();
      case 'takes effect late':
        time.after(fate.thereMs, () => void work().catch(() => undefined));
        await time.sleep(fate.toldMs);
        throw unknown();
      case 'served':
      case 'loses answer': {
        await time.sleep(fate.thereMs);
        const result = await work();
        await time.sleep(fate.backMs);
        if (fate.kind === 'loses answer') throw unknown();
        return result;
      }
      default:
        return fate satisfies never;
    }
  };
  const heard = life.hears(outcome());
  life.called();
  return heard;
}
