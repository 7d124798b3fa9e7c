import { setImmediate } from 'node:timers/promises';
import type { Clock, Timers } from '@holdfast/kit';

interface Pending {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to go on. */
export class VirtualTime implements Clock, Timers {
  private pending: Pending[] = [];

  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.time + Math.max(0, delayMs), run };
    this.pending.push(timer);
    return () => {
      this.pending = this.pending.filter((each) => each !== timer);
    };
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  }

  advance(ms: number): Promise<void> {
    return this.advanceTo(this.time + ms);
  }

  private async advanceTo(target: number): Promise<void> {
    await this.settle();
    for (let next = this.next(target); next !== undefined; next = this.next(target)) {
      this.pending = this.pending.filter((each) => each !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
      await this.settle();
    }
    this.time = target;
  }

  /** Goes on until the work is done; its pauses cost no real time. */
  async during<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    finished.catch(() => undefined);
    for (;;) {
      await this.settle();
      if (done) return finished;
      const next = this.next(Number.POSITIVE_INFINITY);
      if (next !== undefined) await this.advanceTo(next.at);
    }
  }

  private next(until: number): Pending | undefined {
    return this.pending.filter(({ at }) => at <= until).sort((left, right) => left.at - right.at)[0];
  }
}
