import { pause } from '../waiting/pause.js';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Resolves with one result per item, in order. A rejection fails all of them. */
export type RunTogether<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

export interface Joining {
  /** Most items of one run. */
  readonly most: number;
  /** How long the first item of a run waits for others; without it there is no timer, and a single caller does not wait. */
  readonly lingerMs?: number;
}

/**
 * Joins what is asked for in one turn of the event loop, or while a run goes on, into one run: one statement then serves many callers. Runs
 * follow one another, so that they neither wait for each other's row locks nor sync the disk side by side.
 */
export function joined<Item, Result>({ most, lingerMs }: Joining, run: RunTogether<Item, Result>): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let running = false;

  const drain = async (): Promise<void> => {
    running = true;
    for (;;) {
      // Those who were answered just now and ask again come along.
      await (lingerMs === undefined ? nextTurn() : pause(lingerMs));
      if (waiting.length === 0) break;
      await answer(waiting.splice(0, most), run);
    }
    running = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void drain();
    });
}

/** Joins the items of one turn of the event loop. Runs are concurrent, so no caller waits for another's long run. */
export function joinedByTurn<Item, Result>(
  { most }: { readonly most: number },
  run: RunTogether<Item, Result>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  const start = (): void => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += most) void answer(all.slice(at, at + most), run);
  };
  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) setImmediate(start);
    });
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function answer<Item, Result>(taken: readonly Waiting<Item, Result>[], run: RunTogether<Item, Result>): Promise<void> {
  try {
    const results = await run(taken.map(({ item }) => item));
    taken.forEach(({ resolve, reject }, index) => {
      const result = results[index];
      if (result === undefined && index >= results.length) reject(new Error('fewer results than items'));
      else resolve(result as Result);
    });
  } catch (error) {
    for (const { reject } of taken) reject(error);
  }
}
