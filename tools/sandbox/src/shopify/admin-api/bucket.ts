export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** Points restored per second by the merchant's plan. Source: shopify.dev, GraphQL Admin API rate limits. */
export const RESTORE_RATES = { standard: 100, advanced: 200, plus: 1_000, enterprise: 2_000, unlimited: 1_000_000_000 } as const;
export type Plan = keyof typeof RESTORE_RATES;

/** Seconds of the restore rate that the bucket holds: 2,000 points at 100 a second. */
const BUCKET_S = 20;

/** Points of one app in one shop. */
export class CostBucket {
  private readonly rate: number;
  private level: number;
  private seenAt: number;

  constructor(
    plan: Plan,
    private readonly now: () => number,
  ) {
    this.rate = RESTORE_RATES[plan];
    this.level = this.rate * BUCKET_S;
    this.seenAt = now();
  }

  /** Takes the points, or nothing where there are not so many. */
  take(points: number): boolean {
    this.restore();
    if (this.level < points) return false;
    this.level -= points;
    return true;
  }

  giveBack(points: number): void {
    this.level = Math.min(this.level + points, this.rate * BUCKET_S);
  }

  drain(): void {
    this.restore();
    this.level = 0;
  }

  status(): ThrottleStatus {
    this.restore();
    return { maximumAvailable: this.rate * BUCKET_S, currentlyAvailable: Math.floor(this.level), restoreRate: this.rate };
  }

  private restore(): void {
    const at = this.now();
    this.level = Math.min(this.level + ((at - this.seenAt) / 1_000) * this.rate, this.rate * BUCKET_S);
    this.seenAt = at;
  }
}
