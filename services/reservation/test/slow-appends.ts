import { pauseOn, type Clock, type Timers } from '@holdfast/kit';

/** A store that does so many appends a second for all its clients, in the order in which they come. */
export class SlowAppends {
  private freeAt = 0;

  constructor(
    private readonly time: Clock & Timers,
    private readonly perSecond: number,
  ) {}

  /** Resolves when it is the append's turn. */
  turn(): Promise<void> {
    const now = this.time.now();
    this.freeAt = Math.max(now, this.freeAt) + 1_000 / this.perSecond;
    return pauseOn(this.time, this.freeAt - now);
  }
}
