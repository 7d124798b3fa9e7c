import {
  EventStoreUnavailable,
  MemoryEventStore,
  type AllPage,
  type AppendResult,
  type EventStore,
  type EventSubscription,
  type MemoryLog,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from '@holdfast/event-store';

/** The store as seen by a process that dies at its n-th append. That append is stored or not, and every later call fails. */
export class FailingStore implements EventStore {
  private readonly store: EventStore;
  appends = 0;
  dead = false;
  /** Until it resolves the process stands still: none of its appends goes out. */
  standstill: Promise<void> = Promise.resolve();

  constructor(
    log: MemoryLog,
    private readonly death: { readonly atAppend: number; readonly stored: boolean } = { atAppend: Number.POSITIVE_INFINITY, stored: true },
    private readonly turn: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.store = new MemoryEventStore({ log });
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    this.checkAlive();
    this.appends += 1;
    this.dead = this.appends >= this.death.atAppend;
    const isLast = this.dead;
    await this.standstill;
    await this.turn();
    if (!isLast) return this.store.append(stream, expected, events);
    if (this.death.stored) await this.store.append(stream, expected, events);
    throw new EventStoreUnavailable('the process is dead');
  }

  async readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    this.checkAlive();
    return this.store.readStream(stream, options);
  }

  async readAll(options: ReadAllOptions): Promise<AllPage> {
    this.checkAlive();
    return this.store.readAll(options);
  }

  head(): Promise<Position> {
    return this.store.head();
  }

  subscribe(options: SubscribeOptions): EventSubscription {
    return this.store.subscribe(options);
  }

  ping(): Promise<void> {
    return this.store.ping();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private checkAlive(): void {
    if (this.dead) throw new EventStoreUnavailable('the process is dead');
  }
}
