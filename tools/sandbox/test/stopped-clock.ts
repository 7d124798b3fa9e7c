import type { SandboxClock } from '../src/sandbox-clock.js';

/** A clock that only moves when it is told to. */
export class StoppedClock implements SandboxClock {
  private waiting: { readonly at: number; readonly action: () => void }[] = [];

  constructor(private at = Date.parse('2026-07-01T12:00:00Z')) {}

  /** Actions that wait for their time. */
  get waits(): number {
    return this.waiting.length;
  }

  now(): number {
    return this.at;
  }

  after(ms: number, action: () => void): void {
    this.waiting.push({ at: this.at + ms, action });
  }

  forward(ms: number): void {
    this.at += ms;
    const due = this.waiting.filter(({ at }) => at <= this.at);
    this.waiting = this.waiting.filter(({ at }) => at > this.at);
    for (const { action } of due) action();
  }
}
