import type { SandboxClock } from '../sandbox-clock.js';

/** Effects of writes that a vendor acknowledged and applies later. Nothing runs by itself: whoever reads asks first. */
export class LaterEffects {
  private waiting: { readonly at: number; readonly apply: () => void }[] = [];

  constructor(private readonly clock: SandboxClock) {}

  add(afterMs: number, apply: () => void): void {
    this.waiting.push({ at: this.clock.now() + afterMs, apply });
  }

  /** Applies what is due, oldest first. */
  settle(): void {
    const now = this.clock.now();
    const due = this.waiting.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    if (due.length === 0) return;
    this.waiting = this.waiting.filter(({ at }) => at > now);
    for (const { apply } of due) apply();
  }
}
