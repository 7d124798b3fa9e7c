/** Work that runs longer lets the event loop serve others before it goes on. */
const SLICE_MS = 8;

/**
 * Runs the steps of a generator and gives its result: at once where they take less than a slice, else as a promise, with a turn of the
 * event loop after each slice. For work in proportion to what a request sent; one step must be short.
 * @param now milliseconds of a steady clock
 */
export function inSlices<Result>(
  steps: Iterator<undefined, Result>,
  now: () => number = () => performance.now(),
): Result | Promise<Result> {
  const first = slice(steps, now);
  return first.done === true ? first.value : rest(steps, now);
}

async function rest<Result>(steps: Iterator<undefined, Result>, now: () => number): Promise<Result> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const step = slice(steps, now);
    if (step.done === true) return step.value;
  }
}

function slice<Result>(steps: Iterator<undefined, Result>, now: () => number): IteratorResult<undefined, Result> {
  const start = now();
  for (;;) {
    const step = steps.next();
    if (step.done === true || now() - start >= SLICE_MS) return step;
  }
}
