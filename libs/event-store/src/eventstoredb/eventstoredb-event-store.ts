import type { EventStoreDBClient } from '@eventstore/db-client';
import { encodeAppend } from '../encoding.js';
import type { EncodedAppend } from '../encoding.js';
import { EventStoreUnavailable, InvalidAppend, NO_STREAM } from '../port.js';
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
import { within } from '@holdfast/kit';
import type { AppendAnswer } from './node/append-answer.js';
import { toPortError } from './errors.js';
import { readAll, readHead } from './reading.js';
import { connect } from './shared-client.js';
import type { Connection } from './shared-client.js';
import { followLog } from './subscribing.js';
import { Tail } from './tail.js';
import type { LogServer } from './tail.js';

const PING_TIMEOUT_MS = 2_000;
const MAX_UNDER_WAY = 5_000;

export interface EventStoreDbOptions {
  /** `esdb://…`; all stores of a process must use the same. */
  readonly url: string;
  /** After this long an append's outcome counts as unknown; default 5,000. */
  readonly appendTimeoutMs?: number;
  /** A read is given up after this long without an answer; default 10,000. */
  readonly readTimeoutMs?: number;
  /** Called when the server ended the live reader as too slow; the reader goes on at once. */
  readonly onReaderCutOff?: () => void;
}

/**
 * Opens the event store on EventStoreDB.
 * @throws EventStoreUnavailable when the server cannot be reached
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const store = new EventStoreDbEventStore(connect(options.url), options);
  try {
    await store.head();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

class EventStoreDbEventStore implements EventStore {
  private readonly appendTimeoutMs: number;
  private readonly readTimeoutMs: number;
  /** Reads from the first subscription on. */
  private tail: Tail | undefined;
  private readonly server: LogServer;
  private readonly subscriptions = new Set<EventSubscription>();
  private readonly underWay = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly options: EventStoreDbOptions,
  ) {
    this.server = { head: () => this.head(), use: (work) => connection.read(work) };
    this.appendTimeoutMs = options.appendTimeoutMs ?? 5_000;
    this.readTimeoutMs = options.readTimeoutMs ?? 10_000;
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    const encoded = encodeAppend(stream, expected, events);
    if (this.underWay.size >= MAX_UNDER_WAY) throw new EventStoreUnavailable(`${MAX_UNDER_WAY} appends wait already`);
    const answer = await this.tracked(() => this.send(encoded));
    switch (answer.kind) {
      case 'appended': {
        const revision = expected + events.length;
        return { kind: 'appended', revision, position: answer.position ?? (await this.positionOf(stream, revision)) };
      }
      case 'conflict':
        return { kind: 'conflict', expected, actual: await this.newestRevision(stream) };
      case 'too_large':
        throw new InvalidAppend(`EventStoreDB: append to ${stream} is too large`);
      case 'failed':
        throw new EventStoreUnavailable(`EventStoreDB: ${answer.reason}`);
      default:
        return answer satisfies never;
    }
  }

  readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const { from, limit } = options;
    if ((from !== undefined && from <= NO_STREAM) || limit === 0) return Promise.resolve([]);
    return this.tracked(() => this.connection.readStream(stream, options, this.readTimeoutMs));
  }

  readAll(options: ReadAllOptions): Promise<AllPage> {
    return this.read((client) => readAll(client, options, this.readTimeoutMs));
  }

  head(): Promise<Position> {
    return this.read((client) => readHead(client, this.readTimeoutMs));
  }

  subscribe(options: SubscribeOptions): EventSubscription {
    this.tail ??= new Tail(this.server, () => this.options.onReaderCutOff?.());
    const deaf = this.tail.onFault((error) => options.onFault?.(error));
    const followed = followLog(this.server, this.tail, options);
    this.subscriptions.add(followed);
    return {
      stop: async () => {
        deaf();
        await followed.stop();
        this.subscriptions.delete(followed);
      },
    };
  }

  async ping(): Promise<void> {
    await this.read((client) => readHead(client, PING_TIMEOUT_MS));
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private send(append: EncodedAppend): Promise<AppendAnswer> {
    return within(this.appendTimeoutMs, this.connection.append(append, this.appendTimeoutMs), () => {
      // The server is frozen or the connection half dead: the other appends on this call would wait without end, too.
      this.connection.endAppends();
      return new EventStoreUnavailable(`EventStoreDB did not answer an append to ${append.stream} within ${this.appendTimeoutMs} ms`);
    });
  }

  private async newestRevision(stream: string): Promise<number> {
    const [newest] = await this.readStream(stream, { direction: 'backwards', limit: 1 });
    return newest?.revision ?? NO_STREAM;
  }

  private async positionOf(stream: string, revision: number): Promise<Position> {
    const [event] = await this.readStream(stream, { from: revision, limit: 1 });
    if (!event) throw new EventStoreUnavailable(`EventStoreDB does not show revision ${revision} of ${stream} yet`);
    return event.position;
  }

  private read<T>(call: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    return this.tracked(() => this.connection.read(call));
  }

  /** Counts a call as running, refuses it when closed, and converts its errors to those of the port. */
  private async tracked<T>(call: () => Promise<T>): Promise<T> {
    if (this.closing) throw new EventStoreUnavailable('the event store is closed');
    const work = call();
    this.underWay.add(work);
    try {
      return await work;
    } catch (error) {
      throw toPortError(error);
    } finally {
      this.underWay.delete(work);
    }
  }

  private async shutDown(): Promise<void> {
    await Promise.all([...this.subscriptions].map((each) => each.stop()));
    await this.tail?.stop();
    await Promise.allSettled(this.underWay);
    await this.connection.leave();
  }
}
