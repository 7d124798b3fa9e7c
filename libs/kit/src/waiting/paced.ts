import type { Clock } from '../clocks/clock.js';
import { ownTurn } from './own-turn.js';

/** Beginning so many items takes some milliseconds of computing: then others get their turns. */
const BEGUN_A_TURN = 128;

export interface Pace {
  readonly clock: Clock;
  /** Items at work in the beginning, and the bounds of their number later. */
  readonly first: number;
  readonly least: number;
  readonly most: number;
  /** An item that takes longer halves the number of items at work. A quicker one adds one; after the first slow one, a round of quick ones does. */
  readonly quickMs: number;
  /** Once it is aborted, no further item is begun. */
  readonly signal?: AbortSignal;
  /** Whether the failure of one item makes the others pointless, so that no further one is begun. */
  readonly isFatal: (error: unknown) => boolean;
}

/**
 * Works on many items, on as many at once as are answered quickly, so that a slow server gets no queue that outlasts time-outs.
 * @returns the results in the order of the items; those that were not begun are missing
 * @throws the first failure, once all work has ended, so that nothing runs on behind the caller's back
 */
export function paced<Item, Result>(items: readonly Item[], pace: Pace, work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  return new PacedWork(items, pace, work).done;
}

class PacedWork<Item, Result> {
  readonly done: Promise<readonly Result[]>;
  private readonly settled: PromiseSettledResult<Result>[] = [];
  private atOnce: number;
  private running = 0;
  private readonly waiting: Iterator<[number, Item]>;
  private begun = 0;
  /** Items begun before the last slow-down say nothing about it. */
  private judgedFrom = 0;
  private isStopped = false;
  private isGivingWay = false;
  private finish: () => void = () => undefined;

  constructor(
    items: readonly Item[],
    private readonly pace: Pace,
    private readonly work: (item: Item) => Promise<Result>,
  ) {
    this.waiting = items.entries();
    this.atOnce = pace.first;
    const ended = new Promise<void>((resolve) => {
      this.finish = resolve;
    });
    this.done = ended.then(() => this.results());
    this.goOn();
  }

  private goOn(): void {
    while (this.running < this.atOnce && !this.isStopped && !this.isGivingWay && this.pace.signal?.aborted !== true) {
      const next = this.waiting.next();
      if (next.done === true) break;
      const [index, item] = next.value;
      this.begun += 1;
      this.running += 1;
      void this.one(item, index);
      if (this.begun % BEGUN_A_TURN === 0) void this.giveWay();
    }
    if (this.running === 0 && !this.isGivingWay) this.finish();
  }

  private async giveWay(): Promise<void> {
    this.isGivingWay = true;
    await ownTurn();
    this.isGivingWay = false;
    this.goOn();
  }

  private async one(item: Item, index: number): Promise<void> {
    const { clock, isFatal } = this.pace;
    const from = clock.now();
    try {
      this.settled[index] = { status: 'fulfilled', value: await this.work(item) };
    } catch (reason) {
      this.settled[index] = { status: 'rejected', reason };
      if (isFatal(reason)) this.isStopped = true;
    }
    this.judge(index, clock.now() - from);
    this.running -= 1;
    this.goOn();
  }

  private judge(index: number, tookMs: number): void {
    const { least, most, quickMs } = this.pace;
    if (tookMs <= quickMs) this.atOnce = Math.min(most, this.atOnce + (this.judgedFrom === 0 ? 1 : 1 / this.atOnce));
    else if (index >= this.judgedFrom) {
      this.atOnce = Math.max(least, Math.floor(this.atOnce / 2));
      this.judgedFrom = this.begun;
    }
  }

  private results(): readonly Result[] {
    return this.settled.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }
}
