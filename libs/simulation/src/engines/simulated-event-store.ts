import { EventStoreUnavailable, MemoryEventStore, MemoryLog } from '@holdfast/event-store';
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
} from '@holdfast/event-store';
import type { Faults } from '../faults.js';
import type { Life } from '../life.js';
import type { Random } from '../random.js';
import type { VirtualTime } from '../virtual-time.js';
import { reach } from './reach.js';

const POLL_MS = 1_000;
const FAULT_PAUSE_MS = 50;
const unknown = (): Error => new EventStoreUnavailable('the simulated store did not answer');

/** The part that outlives every process: the log, and the readers that wait for more of it. */
export class SimulatedLog {
  readonly store: MemoryEventStore;
  readonly #waiting = new Set<() => void>();
  #head = -1;

  constructor(readonly time: VirtualTime) {
    this.store = new MemoryEventStore({ log: new MemoryLog(), now: () => time.now() });
  }

  /** Position of the newest event, -1 for none. */
  get head(): number {
    return this.#head;
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    const result = await this.store.append(stream, expected, events);
    if (result.kind === 'appended') this.#head = Math.max(this.#head, Number(result.position));
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
    return result;
  }

  whenAppended(wake: () => void): void {
    this.#waiting.add(wake);
  }
}

/** The event store for one life of a process, over a network that fails as the faults say. */
export class SimulatedEventStore implements EventStore {
  constructor(
    private readonly log: SimulatedLog,
    private readonly life: Life,
    private readonly faults: Faults,
    private readonly random: Random,
  ) {}

  append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    return this.#reach(() => this.log.append(stream, expected, events));
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return this.#reach(() => this.log.store.readStream(stream, options));
  }

  readAll(options: ReadAllOptions): Promise<AllPage> {
    return this.#reach(() => this.log.store.readAll(options));
  }

  head(): Promise<Position> {
    return this.#reach(() => this.log.store.head());
  }

  /** Delivers batches of any size, late, and again after a failed handler. */
  subscribe(options: SubscribeOptions): EventSubscription {
    let stopped = false;
    const ended = this.#follow(options, () => stopped);
    return {
      async stop() {
        stopped = true;
        await ended;
      },
    };
  }

  ping(): Promise<void> {
    return this.#reach(() => this.log.store.ping());
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }

  async #follow(options: SubscribeOptions, stopped: () => boolean): Promise<void> {
    let position = options.after;
    let headAtStart: Position | undefined;
    while (!stopped()) {
      try {
        headAtStart ??= await this.head();
        const limit = Math.min(options.batchSize ?? 500, this.random.pick([1, 3, 20, 500]));
        const filter = options.filter === undefined ? {} : { filter: options.filter };
        const page = await this.readAll({ after: position, limit, ...filter });
        if (page.position > position) {
          await options.onBatch({ events: page.events, position: page.position, live: position >= headAtStart });
          position = page.position;
        }
        if (page.atEnd && !stopped()) await this.#more();
      } catch (error) {
        options.onFault?.(error);
        await this.life.sleep(FAULT_PAUSE_MS);
      }
    }
  }

  #more(): Promise<void> {
    return this.life.hears(
      new Promise((resolve) => {
        this.log.whenAppended(resolve);
        this.log.time.after(POLL_MS, resolve);
      }),
    );
  }

  #reach<T>(work: () => Promise<T>): Promise<T> {
    return reach(this.life, this.faults, work, unknown);
  }
}
