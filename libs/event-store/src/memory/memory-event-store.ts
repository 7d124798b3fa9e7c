import { encodeAppend } from '../encoding.js';
import { passes } from '../filter.js';
import { follow } from '../following.js';
import { EventStoreUnavailable } from '../port.js';
import type {
  AllPage,
  AppendResult,
  EventStore,
  EventSubscription,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '../port.js';
import { MemoryLog } from './memory-log.js';

const POLL_MS = 1_000;

export interface MemoryEventStoreOptions {
  /** Share one log between stores to play several processes, or a restart. */
  readonly log?: MemoryLog;
  /** Epoch milliseconds; default the system's clock. */
  readonly now?: () => number;
}

/** Keeps everything in memory: for unit tests and simulations. */
export class MemoryEventStore implements EventStore {
  private readonly log: MemoryLog;
  private readonly now: () => number;
  private readonly subscriptions = new Set<EventSubscription>();
  private closed = false;

  constructor(options: MemoryEventStoreOptions = {}) {
    this.log = options.log ?? new MemoryLog();
    this.now = options.now ?? Date.now;
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    this.checkOpen();
    return this.log.append(encodeAppend(stream, expected, events), this.now());
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    this.checkOpen();
    const events = this.log.stream(stream);
    const limit = options.limit ?? events.length;
    if (options.direction !== 'backwards') return events.slice(options.from ?? 0, (options.from ?? 0) + limit);
    const newest = Math.min(options.from ?? events.length - 1, events.length - 1);
    return events.slice(Math.max(0, newest + 1 - limit), newest + 1).reverse();
  }

  async readAll(options: ReadAllOptions): Promise<AllPage> {
    this.checkOpen();
    const events: RecordedEvent[] = [];
    let position = options.after;
    for (const event of this.log.after(options.after)) {
      if (events.length === options.limit) return { events, position, atEnd: false };
      if (passes(options.filter, event)) events.push(event);
      position = event.position;
    }
    return { events, position, atEnd: true };
  }

  async head(): Promise<Position> {
    this.checkOpen();
    return this.log.head;
  }

  subscribe(options: SubscribeOptions): EventSubscription {
    const readAll = (page: ReadAllOptions): Promise<AllPage> => this.readAll(page);
    const head = (): Promise<Position> => this.head();
    const followed = follow({ readAll, head, appended: this.log.appended, pollMs: POLL_MS }, options);
    this.subscriptions.add(followed);
    return followed;
  }

  async ping(): Promise<void> {
    this.checkOpen();
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.subscriptions].map((each) => each.stop()));
  }

  private checkOpen(): void {
    if (this.closed) throw new EventStoreUnavailable('the event store is closed');
  }
}
