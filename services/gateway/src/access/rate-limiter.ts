interface Bucket {
  tokens: number;
  /** Milliseconds of the steady clock. */
  filledAt: number;
}

/** Above this many, buckets that are full again are dropped, at most once in a second. */
const MANY_BUCKETS = 50_000;
const DROP_EVERY_MS = 1_000;

/** Token buckets of this process, one for each caller. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();
  private droppedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param perSecond requests a second that a caller may keep up
   * @param burst requests that may come at once after a pause
   * @param now milliseconds of a steady clock
   */
  constructor(
    readonly perSecond: number,
    private readonly burst: number = perSecond * 2,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one request. @returns 0 when it may pass, else the milliseconds after which one may */
  take(caller: string): number {
    const now = this.now();
    const bucket = this.buckets.get(caller) ?? this.open(caller, now);
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((now - bucket.filledAt) * this.perSecond) / 1000);
    bucket.filledAt = now;
    if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * 1000) / this.perSecond);
    bucket.tokens -= 1;
    return 0;
  }

  /** Takes a request back, as if it had not come. */
  giveBack(caller: string): void {
    const bucket = this.buckets.get(caller);
    if (bucket !== undefined) bucket.tokens = Math.min(this.burst, bucket.tokens + 1);
  }

  private open(caller: string, now: number): Bucket {
    if (this.buckets.size >= MANY_BUCKETS && now - this.droppedAt >= DROP_EVERY_MS) this.dropFull(now);
    const bucket = { tokens: this.burst, filledAt: now };
    this.buckets.set(caller, bucket);
    return bucket;
  }

  /** A bucket that has filled up again says nothing that a new one would not. */
  private dropFull(now: number): void {
    this.droppedAt = now;
    const msToFill = (this.burst * 1000) / this.perSecond;
    for (const [caller, { filledAt }] of this.buckets) if (now - filledAt >= msToFill) this.buckets.delete(caller);
  }
}
