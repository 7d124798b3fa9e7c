import type { SandboxClock } from '../sandbox-clock.js';

interface Effect {
  readonly at: number;
  readonly run: (at: number) => void;
}

/** What Amazon does later than it answers: applying a write, working on a feed. Nothing runs by itself; `settle` runs what is due. */
export class LateEffects {
  /** By time; those of the same time in the order they were made. */
  private readonly waiting: Effect[] = [];

  constructor(private readonly clock: SandboxClock) {}

  after(ms: number, run: (at: number) => void): void {
    const at = this.clock.now() + ms;
    let index = this.waiting.length;
    while (index > 0 && (this.waiting[index - 1]?.at ?? 0) > at) index -= 1;
    this.waiting.splice(index, 0, { at, run });
  }

  /** Runs every effect whose time has come, in the order of their times. An effect may add another that is due too. */
  settle(): void {
    for (;;) {
      const due = this.waiting[0];
      if (due === undefined || due.at > this.clock.now()) return;
      this.waiting.shift();
      due.run(due.at);
    }
  }
}
