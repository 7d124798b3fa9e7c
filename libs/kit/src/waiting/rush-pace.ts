import { pause } from './pause.js';

/** From so many items in a batch on there is a rush. */
const MANY = 100;
/** From the beginning of a batch in a rush to that of the next. */
const LEAST_MS = 250;

/**
 * Spaces batches of a reader that takes what waits. A batch costs its statements however few items it has, so in a rush the next one begins a
 * little later and takes more. What comes now and then is never delayed.
 */
export class RushPace {
  private begunAt = Number.NEGATIVE_INFINITY;
  private items = 0;

  /**
   * @param most items of a batch; behind a full one more are waiting, so the next begins at once
   * @param leastMs from the beginning of a batch in a rush to that of the next
   * @param now milliseconds of a steady clock
   */
  constructor(
    private readonly most: number,
    private readonly leastMs = LEAST_MS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Call it when work on a batch begins. */
  begin(items: number): void {
    this.begunAt = this.now();
    this.items = items;
  }

  /** Resolves when the next batch may be taken, at once when the signal aborts. */
  async next(signal?: AbortSignal): Promise<void> {
    if (this.items < MANY || this.items >= this.most) return;
    await pause(this.begunAt + this.leastMs - this.now(), signal);
  }
}
