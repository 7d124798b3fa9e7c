import type { StockWatch } from './stock-watch.js';

const EVERY_MS = 1_000;

/** Tells alerts whose pause is over, once a second. @returns what ends it, resolved when nothing of it runs any more */
export function keepTelling(watch: StockWatch, onFault: (error: unknown) => void): () => Promise<void> {
  let work = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    work = watch
      .tellWaiting()
      .catch(onFault)
      .finally(() => (isBusy = false));
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await work;
  };
}
