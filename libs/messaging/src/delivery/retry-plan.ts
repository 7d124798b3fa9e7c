import type { IncomingMessage, RetryOptions } from '../port.js';
import { isTransient } from './transient.js';

const DEFAULTS = { attempts: 5, firstPauseMs: 200, maxPauseMs: 5_000 } as const;

/** Tries of a message that is alone after splitting: its batch was tried several times before. */
const ATTEMPTS_ALONE = 2;

export type Verdict = { readonly kind: 'again'; readonly pauseMs: number } | { readonly kind: 'dead_letter' };

/**
 * Decides for one partition how many messages to deliver and what follows a failure. After failures it delivers the first half of the
 * batch, and so on, until the message that throws is alone. It keeps no messages, so an adapter may read them again.
 */
export class RetryPlan {
  private readonly options: Required<RetryOptions>;
  private pauses = 0;
  private tries = 0;
  private limit = Number.POSITIVE_INFINITY;
  private suspectUntil = -1;

  constructor(
    options: RetryOptions = {},
    private readonly mayDeadLetter = false,
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** How many messages to deliver next, at most. */
  get limitMessages(): number {
    return this.limit;
  }

  /** Records that these messages are finished, by effect or as dead letters. */
  passed(messages: readonly IncomingMessage[]): void {
    this.pauses = 0;
    this.tries = 0;
    if (lastOffset(messages) >= this.suspectUntil) this.limit = Number.POSITIVE_INFINITY;
  }

  failed(error: unknown, messages: readonly IncomingMessage[]): Verdict {
    if (!this.mayDeadLetter || isTransient(error)) return this.again();
    this.tries += 1;
    const splitting = Number.isFinite(this.limit);
    const attempts = splitting ? (messages.length === 1 ? Math.min(ATTEMPTS_ALONE, this.options.attempts) : 1) : this.options.attempts;
    if (this.tries < attempts) return this.again();
    if (messages.length === 1) return { kind: 'dead_letter' };
    this.split(messages);
    return { kind: 'again', pauseMs: 0 };
  }

  private split(messages: readonly IncomingMessage[]): void {
    this.suspectUntil = Math.max(this.suspectUntil, lastOffset(messages));
    this.limit = Math.ceil(messages.length / 2);
    this.tries = 0;
  }

  private again(): Verdict {
    const pauseMs = Math.min(this.options.maxPauseMs, this.options.firstPauseMs * 2 ** this.pauses);
    this.pauses = Math.min(this.pauses + 1, 30);
    return { kind: 'again', pauseMs };
  }
}

const lastOffset = (messages: readonly IncomingMessage[]): number => Number(messages.at(-1)?.offset ?? -1);
