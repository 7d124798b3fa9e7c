import { faultPause, subscription } from '../following.js';
import type { PagedLog } from '../following.js';
import { passes } from '../filter.js';
import { START } from '../port.js';
import type { AllPage, EventSubscription, Position, ReadAllOptions, RecordedEvent } from '../port.js';
import { Signal } from '@holdfast/kit';

/** Events that wait for earlier ones; beyond this they are dropped and read from the database. */
const MOST_AHEAD = 20_000;
/** If earlier events are missing for so long, no notification of them will come, and they are read. */
const PATIENCE_MS = 20;

/** Newest events that are kept; a reader further behind reads the database. */
const KEPT_EVENTS = 8_192;
const PAGE_SIZE = 2_000;

/**
 * The end of the log, read once for all subscriptions of this process: they are many, each with a filter of its own, and would each ask
 * the database after every append. Positions have no gaps, so what is kept is exactly the log between two positions, or nothing.
 */
export class Tail implements PagedLog {
  /** Raised when there are more events, or when readers must look at the log themselves. */
  readonly appended = new Signal();
  private readonly faultListeners = new Set<(error: unknown) => void>();
  private readonly reading: EventSubscription;
  /** Position before the first event kept; undefined until the reader knows where the log ends. */
  private before: Position | undefined;
  private kept: RecordedEvent[] = [];
  /** Of this process, behind events that are not known yet. By position. */
  private readonly ahead = new Map<Position, RecordedEvent>();
  private impatience: NodeJS.Timeout | undefined;

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

  /** Calls the listener for each fault of the reader, because it is a fault of every subscription. @returns removes the listener */
  onFault(listener: (error: unknown) => void): () => void {
    this.faultListeners.add(listener);
    return () => this.faultListeners.delete(listener);
  }

  /**
   * Takes events that this process has just stored, so that they need not be read. They may come in any order; missing events between them
   * are awaited, or read.
   */
  offer(events: readonly RecordedEvent[]): void {
    if (this.before !== undefined && this.ahead.size === 0 && events[0]?.position === this.headKept + 1n) {
      for (const event of events) this.kept.push(event);
      this.shorten();
      this.appended.raise();
      return;
    }
    for (const event of events) this.ahead.set(event.position, event);
    this.takeAhead();
    if (this.ahead.size > 0) this.impatience ??= setTimeout(() => this.readOn(), PATIENCE_MS);
  }

  async stop(): Promise<void> {
    clearTimeout(this.impatience);
    await this.reading.stop();
  }

  private readOn(): void {
    this.impatience = undefined;
    if (this.ahead.size > 0) this.log.appended.raise();
    if (this.ahead.size > MOST_AHEAD) this.ahead.clear();
  }

  private async read(stopping: AbortSignal): Promise<void> {
    const pause = faultPause();
    while (!stopping.aborted) {
      try {
        const seen = this.log.appended.count;
        this.before ??= await this.log.head();
        const page = await this.log.readAll({ after: this.headKept, limit: PAGE_SIZE });
        pause.reset();
        this.keep(page.events);
        if (page.atEnd) await this.log.appended.after(seen, this.log.pollMs, stopping);
      } catch (error) {
        for (const listener of this.faultListeners) listener(error);
        await pause.wait(stopping);
      }
    }
  }

  private get headKept(): Position {
    return (this.before ?? START) + BigInt(this.kept.length);
  }

  private keep(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      // It was offered in the meantime.
      if (event.position <= this.headKept) continue;
      // Never so by design; if it ever were, readers must not be told that they have seen everything.
      if (event.position !== this.headKept + 1n) this.keepFrom(event.position - 1n, []);
      this.kept.push(event);
    }
    this.takeAhead();
    this.shorten();
    if (events.length > 0) this.appended.raise();
  }

  private takeAhead(): void {
    if (this.before === undefined || this.ahead.size === 0) return;
    const from = this.headKept;
    for (let next = this.ahead.get(this.headKept + 1n); next !== undefined; next = this.ahead.get(this.headKept + 1n)) {
      this.ahead.delete(next.position);
      this.kept.push(next);
    }
    // It was read before it was offered.
    for (const position of this.ahead.keys()) if (position <= this.headKept) this.ahead.delete(position);
    if (this.headKept > from) this.appended.raise();
    this.shorten();
  }

  /** Removes half at once, so that the cost per event is small. */
  private shorten(): void {
    const surplus = this.kept.length - KEPT_EVENTS;
    if (surplus > KEPT_EVENTS) this.keepFrom(this.headKept - BigInt(KEPT_EVENTS), this.kept.slice(surplus));
  }

  private keepFrom(before: Position, kept: RecordedEvent[]): void {
    this.before = before;
    this.kept = kept;
  }
}
