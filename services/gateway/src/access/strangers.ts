import type { IncomingMessage } from 'node:http';
import { Problem } from '@holdfast/platform';
import { RateLimiter } from './rate-limiter.js';

/** Seconds of requests that one address may send at once, because many callers may share the address of one proxy. */
const SECONDS_AT_ONCE = 10;

export interface Admitted {
  /** The credential was accepted: the request counts for its caller, not for the address. */
  wasKnown(): void;
}

/** Limits requests without a known caller by remote address: an unknown credential costs a lookup, and public pages need no credential. */
export class Strangers {
  private readonly limiter: RateLimiter;

  /**
   * @param perSecond requests of one address
   * @param now milliseconds of a steady clock
   */
  constructor(perSecond: number, now?: () => number) {
    this.limiter = new RateLimiter(perSecond, perSecond * SECONDS_AT_ONCE, now);
  }

  /** @throws Problem 429 `rate_limited` */
  admit(request: IncomingMessage): Admitted {
    const address = request.socket.remoteAddress ?? 'unknown';
    const waitMs = this.limiter.take(address);
    if (waitMs === 0) return { wasKnown: () => this.limiter.giveBack(address) };
    throw tooMany('requests without an accepted key from this address', this.limiter.perSecond, waitMs);
  }
}

/** 429 that says when to come again. */
export const tooMany = (what: string, perSecond: number, waitMs: number): Problem =>
  new Problem(429, 'rate_limited', `More than ${perSecond} ${what} a second; slow down`, {
    details: [{ limitPerSecond: perSecond, retryAfterMs: waitMs }],
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
  });
