import type { VendorAnswer, VendorCall, VendorRoute } from '../http/vendor-call.js';
import type { SandboxClock } from '../sandbox-clock.js';
import { missingOf, type WalmartAccount } from './account.js';
import { tooManyCalls, unauthorized } from './errors.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Calls of each API; the tokens come back all at once when the time is over. */
const LIMITS = {
  getInventory: { most: 200, everyMs: MINUTE_MS },
  putInventory: { most: 200, everyMs: MINUTE_MS },
  getInventories: { most: 200, everyMs: MINUTE_MS },
  putInventories: { most: 200, everyMs: MINUTE_MS },
  listInventories: { most: 200, everyMs: MINUTE_MS },
  feedInventory: { most: 10, everyMs: HOUR_MS },
  feedMpInventory: { most: 50, everyMs: HOUR_MS },
  feedStatus: { most: 5_000, everyMs: MINUTE_MS },
  orders: { most: 5_000, everyMs: MINUTE_MS },
  other: { most: 300, everyMs: MINUTE_MS },
} as const;

export type LimitName = keyof typeof LIMITS;

interface Bucket {
  left: number;
  fullAt: number;
}

export interface GuardedRoute extends Omit<VendorRoute, 'handle'> {
  readonly limit: LimitName | ((call: VendorCall) => LimitName);
  readonly handle: (call: VendorCall) => VendorAnswer | Promise<VendorAnswer>;
}

/** Checks what Walmart's gateway checks: headers, token and the API's own limit, whose state goes with each answer. */
export class WalmartGuard {
  private buckets = new Map<LimitName, Bucket>();

  constructor(
    private readonly account: WalmartAccount,
    private readonly clock: SandboxClock,
    private readonly limited: boolean,
  ) {}

  route({ limit, handle, ...route }: GuardedRoute): VendorRoute {
    return {
      ...route,
      handle: async (call) => {
        const missing = missingOf(call);
        if (missing !== undefined) return missing;
        if (!this.account.accepts(call)) return unauthorized();
        if (!this.limited) return handle(call);
        const name = typeof limit === 'string' ? limit : limit(call);
        const taken = this.take(name);
        const headers = this.headers(name);
        if (!taken) return tooManyCalls(headers);
        const answer = await handle(call);
        return { ...answer, headers: { ...headers, ...answer.headers } };
      },
    };
  }

  private take(name: LimitName): boolean {
    const { most, everyMs } = LIMITS[name];
    const now = this.clock.now();
    let bucket = this.buckets.get(name);
    if (bucket === undefined || bucket.fullAt <= now) this.buckets.set(name, (bucket = { left: most, fullAt: now + everyMs }));
    if (bucket.left === 0) return false;
    bucket.left -= 1;
    return true;
  }

  private headers(name: LimitName): Readonly<Record<string, string>> {
    const { left, fullAt } = this.buckets.get(name) ?? { left: LIMITS[name].most, fullAt: this.clock.now() };
    return { 'x-current-token-count': String(left), 'x-next-replenish-time': String(fullAt) };
  }
}
