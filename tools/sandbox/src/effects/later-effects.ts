import type { SandboxClock } from '../sandbox-clock.js';

interface Effect {
  readonly at: number;
  readonly apply: (at: number) => void;
}

/** Effects of writes that a vendor acknowledged and applies later. Nothing runs by itself: whoever reads asks first. */
export class LaterEffects {
  /** By time; those of the same time in the order they were added. */
  private readonly waiting: Effect[] = [];

  constructor(private readonly clock: SandboxClock) {}

  /** @param apply gets the time at which it was due */
  add(afterMs: number, apply: (at: number) => void): void {
    const at = this.clock.now() + afterMs;
    let index = this.waiting.length;
    while (index > 0 && (this.waiting[index - 1]?.at ?? 0) > at) index -= 1;
    this.waiting.splice(index, 0, { at, apply });
  }

  /** Applies what is due, oldest first, and what those effects add that is due too. */
  settle(): void {
    for (;;) {
      const due = this.waiting[0];
      if (due === undefined || due.at > this.clock.now()) return;
      this.waiting.shift();
      due.apply(due.at);
    }
  }
}
