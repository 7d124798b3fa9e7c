import { backOffMs, type BackOff, type CancelTimer, type Clock, type Timers } from '@holdfast/kit';
import type { OpenWork } from './open-work.js';
import type { OpenWorkSet } from './open-work-set.js';

/** Result of acting on a due item. */
export type Fate =
  /** The item has ended, by this call or before. */
  | { readonly kind: 'ended' }
  /** The item is still open and is due again at `dueAt`. */
  | { readonly kind: 'open'; readonly dueAt: number };

export interface DueWorkOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Acts on one item; rejecting means try again later. */
  readonly act: (item: OpenWork) => Promise<Fate>;
  readonly onEnded: (item: OpenWork) => void;
  readonly onFault: (error: unknown, item: OpenWork) => void;
  /** Most items acted on at once. */
  readonly concurrency: number;
  /** Pause before an item is acted on again: the first one after a fault, doubling with each, and the longest when its end was not seen. */
  readonly retry: BackOff;
}

/** Sleeping longer than this would overflow the timers of the platform. */
const MAX_SLEEP_MS = 60_000;

/** Acts on each open item as it falls due. One timer serves them all. */
export class DueWork {
  private running = false;
  private readonly active = new Map<OpenWork, Promise<void>>();
  /** Faults in a row. */
  private readonly faults = new WeakMap<OpenWork, number>();
  private armed: { readonly at: number; readonly cancel: CancelTimer } | undefined;

  constructor(
    private readonly open: OpenWorkSet,
    private readonly options: DueWorkOptions,
  ) {}

  start(): void {
    this.running = true;
    this.arm();
  }

  /** Resolves when no item is being acted on. */
  async stop(): Promise<void> {
    this.running = false;
    this.disarm();
    await Promise.all(this.active.values());
  }

  /** To be called whenever the set changed. */
  arm(): void {
    if (!this.running || this.active.size >= this.options.concurrency) return;
    const next = this.open.heap.peek();
    if (next === undefined) return this.disarm();
    if (this.armed !== undefined && this.armed.at <= next.dueAt) return;
    this.disarm();
    const delayMs = Math.min(Math.max(0, next.dueAt - this.options.clock.now()), MAX_SLEEP_MS);
    this.armed = { at: next.dueAt, cancel: this.options.timers.after(delayMs, () => this.fire()) };
  }

  private disarm(): void {
    this.armed?.cancel();
    this.armed = undefined;
  }

  private fire(): void {
    this.armed = undefined;
    const now = this.options.clock.now();
    for (let item = this.open.heap.peek(); item !== undefined && item.dueAt <= now; item = this.open.heap.peek()) {
      if (!this.running || this.active.size >= this.options.concurrency) return;
      this.postpone(item, now + this.options.retry.mostMs);
      // An order of many lines may take longer than the pause: it is not acted on twice at once.
      if (!this.active.has(item)) this.begin(item);
    }
    this.arm();
  }

  private begin(item: OpenWork): void {
    const work = this.settle(item).finally(() => {
      this.active.delete(item);
      this.arm();
    });
    this.active.set(item, work);
  }

  private async settle(item: OpenWork): Promise<void> {
    try {
      const fate = await this.options.act(item);
      this.faults.delete(item);
      // The subscription may have changed the item meanwhile; its state is newer.
      if (!this.open.contains(item)) return;
      if (fate.kind === 'ended') this.options.onEnded(item);
      else this.postpone(item, fate.dueAt);
    } catch (error) {
      if (this.open.contains(item)) this.postpone(item, this.options.clock.now() + this.pauseAfterFault(item));
      this.options.onFault(error, item);
    }
  }

  /** The first retry comes soon, so that a short outage of the store does not delay expiries for long. */
  private pauseAfterFault(item: OpenWork): number {
    const failures = (this.faults.get(item) ?? 0) + 1;
    this.faults.set(item, failures);
    return backOffMs(failures, this.options.retry);
  }

  private postpone(item: OpenWork, dueAt: number): void {
    item.dueAt = dueAt;
    this.open.heap.place(item);
  }
}
