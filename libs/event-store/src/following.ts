import type { AllPage, EventSubscription, Position, ReadAllOptions, SubscribeOptions, SubscriptionBatch } from './port.js';
import { GrowingPause, type Signal } from '@holdfast/kit';

const DEFAULT_BATCH_SIZE = 500;
const FIRST_PAUSE_MS = 50;
const MOST_PAUSE_MS = 5_000;

/** A log that is followed by reading its pages; `appended` is raised when there may be more events. */
export interface PagedLog {
  readAll(options: ReadAllOptions): Promise<AllPage>;
  head(): Promise<Position>;
  readonly appended: Signal;
  /** The log is also read at this interval, without a signal. */
  readonly pollMs: number;
}

export const batchSizeOf = (options: SubscribeOptions): number => options.batchSize ?? DEFAULT_BATCH_SIZE;
export const faultPause = (): GrowingPause => new GrowingPause(FIRST_PAUSE_MS, MOST_PAUSE_MS);

/** Starts a loop that runs until the subscription is stopped. */
export function subscription(run: (stopping: AbortSignal) => Promise<void>): EventSubscription {
  const stopping = new AbortController();
  const ended = run(stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Calls the handler with a batch until it succeeds, with growing pauses. Returns false when stopped before that. */
export async function deliver(options: SubscribeOptions, batch: SubscriptionBatch, stopping: AbortSignal): Promise<boolean> {
  const pause = faultPause();
  while (!stopping.aborted) {
    try {
      await options.onBatch(batch);
      return true;
    } catch (error) {
      options.onFault?.(error);
      await pause.wait(stopping);
    }
  }
  return false;
}

/** Subscription to a log whose readers see every event before its position is passed (no gaps, order of commit). */
export const follow = (log: PagedLog, options: SubscribeOptions): EventSubscription =>
  subscription(async (stopping) => {
    const pause = faultPause();
    const filter = options.filter === undefined ? {} : { filter: options.filter };
    let position = options.after;
    let headAtStart: Position | undefined;
    while (!stopping.aborted) {
      try {
        const seen = log.appended.count;
        headAtStart ??= await log.head();
        const page = await log.readAll({ after: position, limit: batchSizeOf(options), ...filter });
        pause.reset();
        if (page.position > position) {
          const batch = { events: page.events, position: page.position, live: position >= headAtStart };
          if (await deliver(options, batch, stopping)) position = page.position;
        }
        if (page.atEnd) await log.appended.after(seen, log.pollMs, stopping);
      } catch (error) {
        options.onFault?.(error);
        await pause.wait(stopping);
      }
    }
  });
