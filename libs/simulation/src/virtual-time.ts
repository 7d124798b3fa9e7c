import { setImmediate } from 'node:timers/promises';

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  cancelled: boolean;
}

const before = (left: Task, right: Task): boolean => left.at < right.at || (left.at === right.at && left.order < right.order);

/** A clock that moves from one due task to the next. Nothing else runs, so the whole run follows from its seed. */
export class VirtualTime {
  readonly #heap: Task[] = [];
  #now: number;
  #scheduled = 0;

  constructor(startsAt: number) {
    this.#now = startsAt;
  }

  /** Epoch milliseconds, whole; tasks due within one millisecond keep their order. */
  now(): number {
    return Math.floor(this.#now);
  }

  /** Runs `run` once after so many milliseconds. Call the returned function to cancel it. */
  after(delayMs: number, run: () => void): () => void {
    const task: Task = { at: this.#now + Math.max(0, delayMs), order: this.#scheduled, run, cancelled: false };
    this.#scheduled += 1;
    this.#push(task);
    return () => {
      task.cancelled = true;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve);
    });
  }

  /** Runs everything that is due up to then, each task with all that follows from it before the next. */
  async passUntil(time: number): Promise<void> {
    await settle();
    for (let task = this.#heap[0]; task !== undefined && task.at <= time; task = this.#heap[0]) {
      this.#pop();
      if (task.cancelled) continue;
      this.#now = Math.max(this.#now, task.at);
      task.run();
      await settle();
    }
    this.#now = Math.max(this.#now, time);
  }

  #push(task: Task): void {
    const heap = this.#heap;
    let slot = heap.length;
    while (slot > 0) {
      const above = (slot - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || before(parent, task)) break;
      heap[slot] = parent;
      slot = above;
    }
    heap[slot] = task;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let slot = 0;
    for (;;) {
      const left = heap[2 * slot + 1];
      const right = heap[2 * slot + 2];
      const child = right !== undefined && left !== undefined && before(right, left) ? right : left;
      if (child === undefined || before(last, child)) break;
      const below = child === left ? 2 * slot + 1 : 2 * slot + 2;
      heap[slot] = child;
      slot = below;
    }
    heap[slot] = last;
  }
}

/** Settlings between two turns of the event loop, so that code outside the simulation also runs. */
const TURN_EVERY = 256;
let settled = 0;

/**
 * Runs everything that needs no time: promises, and turns of the event loop that code waits for, as a queue does between its turns. A turn
 * of the event loop costs as much as a task, so it is only taken when code waits for it.
 */
async function settle(): Promise<void> {
  await promises();
  settled += 1;
  if (settled % TURN_EVERY === 0) await setImmediate();
  while (process.getActiveResourcesInfo().includes('Immediate')) {
    await setImmediate();
    await promises();
  }
}

/** Runs ticks when no promise is left to settle. */
const promises = (): Promise<void> =>
  new Promise((resolve) => {
    process.nextTick(resolve);
  });
