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

  async advance(ms: number): Promise<void> {
    const target = this.time + ms;
    await this.settle();
    while (await this.step(target));
    this.time = target;
  }

  /** Goes on until the work is done; its pauses cost no real time. */
  async during<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    finished.catch(() => undefined);
    await this.settle();
    while (!done) if (!(await this.step(Number.POSITIVE_INFINITY))) await this.settle();
    return finished;
  }

  /** Runs the next timer that is due by then, and what follows from it. @returns false where there is none */
  private async step(until: number): Promise<boolean> {
    const next = this.next(until);
    if (next === undefined) return false;
    this.pending.splice(this.pending.indexOf(next), 1);
    this.time = Math.max(this.time, next.at);
    next.run();
    await this.settle();
    return true;
  }

  /** Of those due at the same time the one that was set first. One pass: large orders have a thousand timers. */
  private next(until: number): Pending | undefined {
    let first: Pending | undefined;
    for (const timer of this.pending) if (timer.at <= until && (first === undefined || timer.at < first.at)) first = timer;
    return first;
  }
}
