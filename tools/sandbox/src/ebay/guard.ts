import type { VendorAnswer, VendorCall, VendorRoute } from '../http/vendor-call.js';
import type { SandboxClock } from '../sandbox-clock.js';
import type { EbayAccount } from './account.js';
import { dayOf, nextDay } from './calendar-day.js';
import { insufficientScope, invalidToken, invalidValue, refused, tooManyCalls } from './errors.js';

/** Calls of the Inventory API in a calendar day. */
export interface DailyQuota {
  readonly limit: number;
  count(): number;
  resetsAt(): number;
}

const METERED = '/sell/inventory/';

type Handle = (call: VendorCall) => VendorAnswer | Promise<VendorAnswer>;

export interface GuardedRoute extends Omit<VendorRoute, 'handle'> {
  /** One of these is enough. */
  readonly scopes: readonly string[];
  readonly needsLanguage?: boolean;
  readonly handle: Handle;
}

/** Checks what eBay checks before a call reaches an API: token, scope, headers and the day's quota. */
export class EbayGuard implements DailyQuota {
  private day = '';
  private used = 0;

  constructor(
    private readonly account: EbayAccount,
    private readonly clock: SandboxClock,
    readonly limit: number,
  ) {}

  count(): number {
    return dayOf(this.clock.now()) === this.day ? this.used : 0;
  }

  resetsAt(): number {
    return nextDay(this.clock.now());
  }

  route({ scopes, needsLanguage, handle, ...route }: GuardedRoute): VendorRoute {
    return {
      ...route,
      handle: (call) => this.refusalOf(call, scopes, needsLanguage === true) ?? handle(call),
    };
  }

  private refusalOf(call: VendorCall, scopes: readonly string[], needsLanguage: boolean): VendorAnswer | undefined {
    const held = this.account.scopesOf(call);
    if (held === undefined) return invalidToken();
    if (!scopes.some((scope) => held.includes(scope))) return insufficientScope();
    if (call.path.startsWith(METERED) && !this.takes()) return tooManyCalls();
    if (call.body.length > 0 && !(call.headers['content-type'] ?? '').startsWith('application/json'))
      return refused(400, invalidValue('header Content-Type', 'It must be application/json.'));
    if (needsLanguage && !/^[a-z]{2}-[A-Z]{2}$/.test(call.headers['content-language'] ?? ''))
      return refused(400, invalidValue('header Content-Language', 'It must name a locale such as en-US.'));
    return undefined;
  }

  /** Counts a call; false where the day's are used up. */
  private takes(): boolean {
    const counted = this.count();
    if (counted >= this.limit) return false;
    this.day = dayOf(this.clock.now());
    this.used = counted + 1;
    return true;
  }
}
