import { batchSizeOf, deliver, faultPause, subscription } from '../following.js';
import type { EventSubscription, Position, RecordedEvent, SubscribeOptions } from '../port.js';
import { catchUp } from './catching-up.js';
import type { LogServer, Tail } from './tail.js';

/** The tail says when there is more; it is also looked at this often. */
const POLL_MS = 1_000;

/**
 * Follows the log: from memory what the process's one live reader has kept, and by a filtered subscription of its own what lies before
 * that. A subscriber that falls behind what is kept catches up and joins again.
 */
export const followLog = (server: LogServer, tail: Tail, options: SubscribeOptions): EventSubscription =>
  subscription(async (stopping) => {
    const follower = new Follower(server, tail, options, stopping);
    const pause = faultPause();
    while (!stopping.aborted) {
      try {
        await follower.step();
        pause.reset();
      } catch (error) {
        if (stopping.aborted) return;
        options.onFault?.(error);
        await pause.wait(stopping);
      }
    }
  });

class Follower {
  private position: Position;
  private headAtStart: Position | undefined;

  constructor(
    private readonly server: LogServer,
    private readonly tail: Tail,
    private readonly options: SubscribeOptions,
    private readonly stopping: AbortSignal,
  ) {
    this.position = options.after;
  }

  /** Delivers what is there, or waits for more. */
  async step(): Promise<void> {
    this.headAtStart ??= await this.server.head();
    const { tail, stopping, options } = this;
    const seen = tail.appended.count;
    const filter = options.filter === undefined ? {} : { filter: options.filter };
    const page = tail.page({ after: this.position, limit: batchSizeOf(options), ...filter });
    if (page === undefined && tail.end !== undefined) return this.catchUp(tail.end);
    if (page !== undefined && page.position > this.position) await this.deliver(page.events, page.position);
    if (page === undefined || page.atEnd) await tail.appended.after(seen, POLL_MS, stopping);
  }

  private catchUp(until: Position): Promise<void> {
    const { options, position, stopping } = this;
    const catching = {
      ...{ after: position, until, filter: options.filter, batchSize: batchSizeOf(options) },
      onBatch: (events: readonly RecordedEvent[], reached: Position) => this.deliver(events, reached),
    };
    return this.server.use((client) => catchUp(client, catching, stopping));
  }

  private async deliver(events: readonly RecordedEvent[], position: Position): Promise<boolean> {
    const live = this.position >= (this.headAtStart ?? position);
    const delivered = await deliver(this.options, { events, position, live }, this.stopping);
    if (delivered) this.position = position;
    return delivered;
  }
}
