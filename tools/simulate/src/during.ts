import type { VirtualTime } from '@holdfast/simulation';

const PATIENCE_MS = 600_000;

/** Lets time pass until the work is done, at most `stepMs` longer. @throws the error of the work, or an error if it never ends */
export async function during<T>(time: VirtualTime, work: Promise<T>, stepMs = 50): Promise<T> {
  let done = false;
  const finished = work.finally(() => {
    done = true;
  });
  finished.catch(() => undefined);
  const patience = time.now() + PATIENCE_MS;
  while (!done && time.now() < patience) await time.passUntil(time.now() + stepMs);
  if (!done) throw new Error('somebody waits for what never comes');
  return await finished;
}
