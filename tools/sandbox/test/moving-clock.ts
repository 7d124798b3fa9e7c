import type { SandboxClock } from '../src/index.js';

/** A clock that stands until a spec moves it. */
export class MovingClock implements SandboxClock {
  private waiting: { readonly at: number; readonly action: () => void }[] = [];

  constructor(private at = Date.parse('2026-11-20T18:00:00Z')) {}

  now(): number {
    return this.at;
  }

  after(ms: number, action: () => void): void {
    this.waiting.push({ at: this.at + ms, action });
  }

  move(ms: number): void {
    this.at += ms;
    const due = this.waiting.filter(({ at }) => at <= this.at);
    this.waiting = this.waiting.filter(({ at }) => at > this.at);
    for (const { action } of due) action();
  }
}
