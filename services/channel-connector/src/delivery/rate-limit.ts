/** Spaces calls evenly. Holds no timers of its own: the caller waits as long as it is told. */
export class RateLimit {
  private nextAt = 0;

  constructor(private readonly callsPerSecond: number) {}

  /** Takes the next free place and says how long to wait for it, in milliseconds. */
  take(now: number): number {
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + 1_000 / this.callsPerSecond;
    return at - now;
  }
}
