import { EventStoreUnavailable } from '@holdfast/event-store';
import type { OrderCommand, OrderState, StartOrder } from '@holdfast/inventory';
import type { CommandContext } from '@holdfast/ledger';
import type { CancelTimer } from '@holdfast/kit';
import { signEveryMs } from '../../limits.js';
import type { OrderEnvironment } from '../environment.js';
import type { OrderRef } from '../order-ref.js';
import type { KnownOrder } from '../order-streams.js';

/** A try as its driver began it. */
export interface DrivenTry {
  readonly ref: OrderRef;
  readonly known: KnownOrder;
  readonly asked: Pick<OrderState, 'ttlMs' | 'expiresAt'>;
  /** Where the stream has no event yet: the first one. */
  readonly start?: StartOrder;
  readonly context: CommandContext;
}

export interface Driven<Result> {
  readonly result: Result;
  readonly known: KnownOrder;
  /** Whether another process drives the try, or has ended it. */
  readonly isLost: boolean;
}

/**
 * Works on a try and shows in its stream meanwhile that its driver is at work, so that no other process takes a large order, or a slow store,
 * for a crash. Work that is done sooner costs no event. For a first try, the first sign is its start: from then on it has one driver, the
 * process that wrote it.
 * @param work is given a signal that is aborted once the try is lost: nothing more is to be placed then
 */
export async function withSigns<Result>(
  env: OrderEnvironment,
  driven: DrivenTry,
  work: (lost: AbortSignal) => Promise<Result>,
): Promise<Driven<Result>> {
  const signs = new SignsOfLife(env, driven);
  const done = work(signs.lost);
  await done.catch(() => undefined);
  const known = await signs.end();
  return { result: await done, known, isLost: signs.lost.aborted };
}

class SignsOfLife {
  private readonly loss = new AbortController();
  private known: KnownOrder;
  private cancel: CancelTimer | undefined;
  private showing: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(
    private readonly env: OrderEnvironment,
    private readonly driven: DrivenTry,
  ) {
    this.known = driven.known;
    this.plan(signEveryMs(driven.asked.ttlMs));
  }

  get lost(): AbortSignal {
    return this.loss.signal;
  }

  /** @returns the order as known by now */
  async end(): Promise<KnownOrder> {
    this.isOver = true;
    this.cancel?.();
    await this.showing;
    return this.known;
  }

  private plan(delayMs: number): void {
    this.cancel = this.env.timers.after(delayMs, () => {
      this.showing = this.show();
      // Thrown by `end`.
      this.showing.catch(() => undefined);
    });
  }

  private async show(): Promise<void> {
    const { asked, ref, context } = this.driven;
    const from = this.env.clock.now();
    // The driver itself ends the try now, unless it hangs.
    if (from >= asked.expiresAt) return;
    try {
      const step = await this.env.streams.execute(ref, this.sign(from), this.known, context);
      this.known = step.order;
      if (step.kind === 'refused' || !step.changed) return this.loss.abort();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
    }
    if (!this.isOver) this.plan(Math.max(0, from + signEveryMs(asked.ttlMs) - this.env.clock.now()));
  }

  /** The start is the same in each attempt, so that the store knows it again where its answer was lost. */
  private sign(at: number): OrderCommand {
    const { start } = this.driven;
    const isUnwritten = start !== undefined && this.known.state.phase === 'none';
    return isUnwritten ? start : { type: 'ContinueOrder', at, commandId: this.env.newId() };
  }
}
