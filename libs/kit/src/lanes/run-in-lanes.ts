export interface LaneOptions<Item> {
  /** Items of one lane keep their order. */
  readonly laneOf: (item: Item) => string;
  /** Lanes worked on at once. */
  readonly lanes: number;
  /** Most items of one lane that are started before the first of them is done; the worker must keep their order. */
  readonly window: number;
}

export type LaneResult<Item, Result> =
  | { readonly kind: 'done'; readonly item: Item; readonly result: Result }
  /** It threw, or it lies behind one of its lane that threw and was not begun (then without an error). */
  | { readonly kind: 'failed'; readonly item: Item; readonly error?: unknown };

/** Works on items concurrently, in order within a lane. Never rejects: a failure ends its lane after the window in which it came. */
export async function runInLanes<Item, Result>(
  items: readonly Item[],
  options: LaneOptions<Item>,
  work: (item: Item) => Promise<Result>,
): Promise<readonly LaneResult<Item, Result>[]> {
  const lanes = new Map<string, Item[]>();
  for (const item of items) {
    const lane = options.laneOf(item);
    const waiting = lanes.get(lane);
    if (waiting === undefined) lanes.set(lane, [item]);
    else waiting.push(item);
  }
  const results: LaneResult<Item, Result>[] = [];
  const queue = lanes.values();
  const worker = async (): Promise<void> => {
    // The iterator is shared: each lane is taken by exactly one worker.
    for (const lane of queue) results.push(...(await runLane(lane, options.window, work)));
  };
  await Promise.all(Array.from({ length: Math.min(options.lanes, lanes.size) }, worker));
  return results;
}

async function runLane<Item, Result>(
  lane: readonly Item[],
  window: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly LaneResult<Item, Result>[]> {
  const results: LaneResult<Item, Result>[] = [];
  for (let start = 0; start < lane.length; start += window) {
    const settled = await Promise.all(lane.slice(start, start + window).map((item) => settle(item, work)));
    results.push(...settled);
    if (settled.every(({ kind }) => kind === 'done')) continue;
    results.push(...lane.slice(start + window).map((item) => ({ kind: 'failed', item }) as const));
    break;
  }
  return results;
}

async function settle<Item, Result>(item: Item, work: (item: Item) => Promise<Result>): Promise<LaneResult<Item, Result>> {
  try {
    return { kind: 'done', item, result: await work(item) };
  } catch (error) {
    return { kind: 'failed', item, error };
  }
}

/** The results where all was done. @throws what the first failure threw */
export function allDone<Item, Result>(results: readonly LaneResult<Item, Result>[]): readonly Result[] {
  return results.map((one) => {
    if (one.kind === 'done') return one.result;
    throw one.error instanceof Error ? one.error : new Error('work in a lane failed', { cause: one.error });
  });
}
