import type { SandboxClock } from '../../sandbox-clock.js';

const MINUTE_MS = 60_000;

/**
 * Units a minute, all counters back at 0 on the minute. Stock calls and their items: documentation of the stocks API; orders: of the orders API, in
 * production; the status report: of the report. For the login no figure is known.
 */
export const LIMITS = { stockCalls: 60, stockItems: 2_000, orders: 40, statusReport: 240 } as const;

export type LimitName = keyof typeof LIMITS;

export interface Overrun {
  readonly limit: number;
  readonly retryAfterMs: number;
}

/** Counts per minute of the clock. */
export class MinuteWindows {
  private minute = -1;
  private used = new Map<LimitName, number>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly limited: boolean,
  ) {}

  /** Takes all units named, or none where one limit would be passed: then says which. */
  take(units: Partial<Readonly<Record<LimitName, number>>>): Overrun | undefined {
    if (!this.limited) return undefined;
    const now = this.clock.now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.used = new Map();
    }
    const wanted = Object.entries(units) as readonly (readonly [LimitName, number])[];
    for (const [name, count] of wanted)
      if ((this.used.get(name) ?? 0) + count > LIMITS[name]) return { limit: LIMITS[name], retryAfterMs: (minute + 1) * MINUTE_MS - now };
    for (const [name, count] of wanted) this.used.set(name, (this.used.get(name) ?? 0) + count);
    return undefined;
  }
}
