import type { Position, RecordedEvent, SubscriptionBatch } from '@holdfast/event-store';

/** What waited in the queue, in order. */
export interface QueuedEvents {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here has been looked at. */
  readonly position: Position;
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Between the subscription and the projection: batches gather while the projection is busy, up to a bound. */
export class EventQueue {
  private batches: SubscriptionBatch[] = [];
  private waiting = 0;
  private failure: Error | undefined;
  private taker: Waiter | undefined;
  private pushers: Waiter[] = [];

  /** @param bound events that may wait before `push` does */
  constructor(private readonly bound: number) {}

  /** Events that wait. */
  get length(): number {
    return this.waiting;
  }

  /** Resolves once there is room for more. */
  async push(batch: SubscriptionBatch): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.batches.push(batch);
    this.waiting += batch.events.length;
    this.taker?.resolve();
    this.taker = undefined;
    if (this.waiting >= this.bound) await new Promise<void>((resolve, reject) => this.pushers.push({ resolve, reject }));
  }

  /** Waits for events, then takes batches whole until there are `enough` events. */
  async take(enough: number): Promise<QueuedEvents> {
    while (this.batches.length === 0) {
      if (this.failure !== undefined) throw this.failure;
      await new Promise<void>((resolve, reject) => (this.taker = { resolve, reject }));
    }
    if (this.failure !== undefined) throw this.failure;
    const events: RecordedEvent[] = [];
    let position: Position = -1n;
    let taken = 0;
    for (const batch of this.batches) {
      if (taken > 0 && events.length + batch.events.length > enough) break;
      for (const event of batch.events) events.push(event);
      position = batch.position;
      taken += 1;
    }
    this.batches = this.batches.slice(taken);
    this.waiting -= events.length;
    if (this.waiting < this.bound) for (const pusher of this.pushers.splice(0)) pusher.resolve();
    return { events, position };
  }

  /** Ends the queue: calls that wait, and later calls, throw the error. */
  fail(error: Error): void {
    this.failure ??= error;
    this.taker?.reject(error);
    this.taker = undefined;
    for (const pusher of this.pushers.splice(0)) pusher.reject(error);
  }
}
