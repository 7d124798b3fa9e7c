import { faultPause, subscription } from '../following.js';
import type { PagedLog } from '../following.js';
import { passes } from '../filter.js';
import type { AllPage, EventSubscription, Position, ReadAllOptions, RecordedEvent } from '../port.js';
import { Signal } from '../waiting.js';

/** Newest events that are kept; a reader who is further behind reads by itself. */
const KEPT_EVENTS = 8_192;
const PAGE_SIZE = 2_000;

/**
 * The end of the log, read once for all subscriptions of this process: they are many, each with a filter of its own, and would each ask
 * the database after every append. Positions have no gaps, so what is kept is exactly the log between two positions, or nothing.
 */
export class Tail implements PagedLog {
  /** Raised when there is more to read, or when whoever waits should look for itself. */
  readonly appended = new Signal();
  private readonly faultListeners = new Set<(error: unknown) => void>();
  private readonly reading: EventSubscription;
  /** Position before the first event kept; undefined until the reader knows where the log ends. */
  private before: Position | undefined;
  private kept: RecordedEvent[] = [];

  constructor(private readonly log: PagedLog) {
    this.reading = subscription((stopping) => this.read(stopping));
  }

  get pollMs(): number {
    return this.log.pollMs;
  }

  head(): Promise<Position> {
    return this.log.head();
  }

  /** From memory where all of it is kept, else from the database. */
  async readAll(options: ReadAllOptions): Promise<AllPage> {
    const { before } = this;
    if (before === undefined || options.after < before) return this.log.readAll(options);
    const events: RecordedEvent[] = [];
    let index = Number(options.after - before);
    // A checkpoint beyond the end of what is known here: nothing to give before the reader has come so far.
    if (index >= this.kept.length) return { events, position: options.after, atEnd: true };
    while (index < this.kept.length && events.length < options.limit) {
      const event = this.kept[index];
      if (event && passes(options.filter, event)) events.push(event);
      index += 1;
    }
    return { events, position: before + BigInt(index), atEnd: index === this.kept.length };
  }

  /** Tells of each fault of the reader, as it is a fault of every subscription. @returns ends that */
  onFault(listener: (error: unknown) => void): () => void {
    this.faultListeners.add(listener);
    return () => this.faultListeners.delete(listener);
  }

  stop(): Promise<void> {
    return this.reading.stop();
  }

  private async read(stopping: AbortSignal): Promise<void> {
    const pause = faultPause();
    while (!stopping.aborted) {
      try {
        const seen = this.log.appended.count;
        this.before ??= await this.log.head();
        const page = await this.log.readAll({ after: this.before + BigInt(this.kept.length), limit: PAGE_SIZE });
        pause.reset();
        this.keep(page.events);
        if (page.atEnd) await this.log.appended.after(seen, this.log.pollMs, stopping);
      } catch (error) {
        for (const listener of this.faultListeners) listener(error);
        await pause.wait(stopping);
      }
    }
  }

  private keep(events: readonly RecordedEvent[]): void {
    if (events.length === 0 || this.before === undefined) return;
    for (const event of events) {
      // Never so by design; if it ever were, readers must not be told that they have seen everything.
      if (event.position !== this.before + BigInt(this.kept.length) + 1n) this.keepFrom(event.position - 1n, []);
      this.kept.push(event);
    }
    // Cut in halves, so that cutting costs little for each event.
    const surplus = this.kept.length - KEPT_EVENTS;
    if (surplus > KEPT_EVENTS) this.keepFrom(this.before + BigInt(surplus), this.kept.slice(surplus));
    this.appended.raise();
  }

  private keepFrom(before: Position, kept: RecordedEvent[]): void {
    this.before = before;
    this.kept = kept;
  }
}
