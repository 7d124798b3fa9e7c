import { UnreadableEvent } from '@holdfast/contracts';
import type { EventStore, EventSubscription, Position, RecordedEvent, SubscriptionBatch } from '@holdfast/event-store';
import { isRefusedData } from '@holdfast/kit';
import type { IdempotencyStore } from '@holdfast/platform';
import type { CancelTimer, Clock, Timers } from '@holdfast/kit';
import { ANSWERS_CHECKED_AFTER_MS, ANSWERS_CHECKED_AT_ONCE, ANSWERS_CHECKED_EVERY_MS } from '../limits.js';
import type { OrderStreams } from '../orders/order-streams.js';
import { ANSWERED_BY, answeredRequest, answerOf, type AnsweredRequest } from './kept-answers.js';

/** The position up to which every answer is stored. All instances share it. */
export interface GuardCheckpoint {
  /** Undefined before the first save. */
  load(): Promise<Position | undefined>;
  /** Resolves when the position, and every write before it, is on disk. */
  save(position: Position): Promise<void>;
}

export interface AnswerGuardOptions {
  readonly eventStore: Pick<EventStore, 'subscribe' | 'head'>;
  readonly answers: Pick<IdempotencyStore, 'missing' | 'remember'>;
  readonly streams: Pick<OrderStreams, 'asOf'>;
  readonly checkpoint: GuardCheckpoint;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onFault: (error: unknown) => void;
}

/**
 * Follows the log and makes sure that the answer of every keyed reservation is stored. An answer is sent as soon as the reservation is
 * durable, and its row is written afterwards. If the process dies before, or the database loses its last writes, the key would be unknown
 * once the SKU has forgotten the reservation, and a repeat would be decided anew. So a moment later every reservation in the log, of any
 * process, is looked up by its key, and a missing answer is made again from the events.
 */
export class AnswerGuard {
  private readonly waiting: AnsweredRequest[] = [];
  private seen: Position = -1n;
  private saved: Position = -1n;
  private subscription: EventSubscription | undefined;
  private nextLook: CancelTimer | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: AnswerGuardOptions) {}

  /** Resolves once it follows the log. Without a checkpoint it begins at the end of the log. */
  async start(): Promise<void> {
    const { checkpoint, eventStore, onFault } = this.options;
    const known = await checkpoint.load();
    const head = await eventStore.head();
    // A checkpoint beyond the end of the log is of another log.
    this.seen = this.saved = known === undefined || known > head ? head : known;
    if (known !== this.saved) await checkpoint.save(this.saved);
    this.subscription = eventStore.subscribe({
      after: this.seen,
      filter: ANSWERED_BY,
      onBatch: (batch) => Promise.resolve(this.take(batch)),
      onFault,
    });
    this.schedule();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.nextLook?.();
    await this.subscription?.stop();
    await this.looking;
  }

  private take({ events, position }: SubscriptionBatch): void {
    for (const event of events) {
      const request = this.requestOf(event);
      if (request !== undefined) this.waiting.push(request);
    }
    this.seen = position;
  }

  private requestOf(event: RecordedEvent): AnsweredRequest | undefined {
    try {
      return answeredRequest(event);
    } catch (error) {
      // An event that cannot be decoded must not stop the check of all other answers.
      this.options.onFault(error);
      return undefined;
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    this.nextLook = this.options.timers.after(ANSWERS_CHECKED_EVERY_MS, () => {
      this.looking = this.look()
        .catch((error: unknown) => this.options.onFault(error))
        .then(() => this.schedule());
    });
  }

  /** Checks all reservations that are old enough, in portions. A portion that failed is checked again. */
  private async look(): Promise<void> {
    const until = this.options.clock.now() - ANSWERS_CHECKED_AFTER_MS;
    for (;;) {
      const young = this.waiting.findIndex(({ event }) => event.metadata.at > until);
      const due = this.waiting.slice(0, Math.min(ANSWERS_CHECKED_AT_ONCE, young === -1 ? this.waiting.length : young));
      const reached = this.waiting.length === 0 ? this.seen : due.at(-1)?.event.position;
      if (reached === undefined || reached === this.saved) return;
      await this.keep(due);
      await this.options.checkpoint.save(reached);
      this.saved = reached;
      this.waiting.splice(0, due.length);
    }
  }

  private async keep(due: readonly AnsweredRequest[]): Promise<void> {
    if (due.length === 0) return;
    const { answers, streams } = this.options;
    const missing = new Set(await answers.missing(due.map(({ id }) => id)));
    for (const request of due) {
      if (!missing.has(request.id)) continue;
      try {
        await answers.remember(request.id, request.event.metadata.tenant, await answerOf(request, streams));
      } catch (error) {
        if (!isRefusedData(error) && !(error instanceof UnreadableEvent)) throw error;
        this.options.onFault(error);
      }
    }
  }
}
