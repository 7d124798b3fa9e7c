import { ownTurn } from './own-turn.js';

/** Work that runs longer lets the event loop serve others before it goes on. */
const SLICE_MS = 8;
/** What work may take at once in any case, however much other work began in the same turn: short requests never wait behind long ones. */
const SHORT_MS = 1;

/** Milliseconds that long work took in this turn of the event loop before it had to wait. */
let usedMs = 0;

let clock = (): number => performance.now();

/**
 * Measures slices by another clock from now on: a simulation in virtual time gives one that stands, so that no work is cut where the machine
 * happened to be busy.
 */
export function sliceBy(now: () => number): void {
  clock = now;
}

/**
 * Runs the steps of a generator and gives its result: at once where they take less than a slice, else as a promise, with a turn of the
 * event loop after each slice; one slice runs a turn, however many requests are worked on. For work in proportion to what a request sent;
 * one step must be short.
 * @param now milliseconds of a steady clock
 */
export function inSlices<Result>(steps: Iterator<undefined, Result>, now: () => number = clock): Result | Promise<Result> {
  const start = now();
  const first = slice(steps, start + Math.max(SHORT_MS, SLICE_MS - usedMs), now);
  if (first.done === true) return first.value;
  usedMs += now() - start;
  return rest(steps, now);
}

async function rest<Result>(steps: Iterator<undefined, Result>, now: () => number): Promise<Result> {
  for (;;) {
    await ownTurn();
    usedMs = 0;
    const step = slice(steps, now() + SLICE_MS, now);
    if (step.done === true) return step.value;
  }
}

function slice<Result>(steps: Iterator<undefined, Result>, until: number, now: () => number): IteratorResult<undefined, Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true || now() >= until) return step;
  }
}
