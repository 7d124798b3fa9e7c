import pg from 'pg';
import { encodeAppend } from '../encoding.js';
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
import { serverProcessesOf, Signal, within } from '@holdfast/kit';
import { commitGroup } from './commit.js';
import { EventTypes } from './event-types.js';
import { GroupCommit } from './group-commit.js';
import { AppendListener } from './listener.js';
import { APPEND_SETTINGS } from './append-function.js';
import { migrate } from './migrate.js';
import { readAll, readHead } from './reading.js';
import { StreamReads } from './stream-reads.js';
import { Tail } from './tail.js';

const PING_TIMEOUT_MS = 2_000;
const READ_TIMEOUT_MS = 15_000;

export interface PostgresEventStoreOptions {
  readonly connectionString: string;
  /** Most connections beside the one that listens; default 8. */
  readonly connections?: number;
  /** After this long an append's outcome counts as unknown; default 5,000. */
  readonly appendTimeoutMs?: number;
  /** How often subscriptions look by themselves; default 1,000. */
  readonly pollMs?: number;
}

/**
 * Opens the event store in schema `event_store`, creating or migrating it.
 * @throws EventStoreUnavailable when Postgres cannot be reached
 */
export async function openPostgresEventStore(options: PostgresEventStoreOptions): Promise<EventStore> {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.connections ?? 8,
    connectionTimeoutMillis: 5_000,
    query_timeout: READ_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'holdfast event store',
    onConnect: set,
  });
  // Connections end when Postgres does; the pool opens others when it is back. Without listeners, also of those in use between two queries,
  // it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const isOwn = serverProcessesOf(pool);
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw unavailable(error);
  }
  return new PostgresEventStore(pool, isOwn, options);
}

/** The pool waits for what comes back, whatever its types say. */
const set = (client: pg.ClientBase): unknown => client.query(APPEND_SETTINGS);

class PostgresEventStore implements EventStore {
  private readonly appended = new Signal();
  /** Listens from the first subscription on. */
  private listener: AppendListener | undefined;
  /** Reads from the first subscription on. */
  private tail: Tail | undefined;
  private readonly group: GroupCommit;
  private readonly streamReads: StreamReads;
  private readonly subscriptions = new Set<EventSubscription>();
  private readonly pollMs: number;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly isOwn: (serverProcess: number) => boolean,
    private readonly options: PostgresEventStoreOptions,
  ) {
    const types = new EventTypes(pool);
    const timeoutMs = options.appendTimeoutMs ?? 5_000;
    const offer = (stored: () => readonly RecordedEvent[]): void => this.tail?.offer(stored());
    this.group = new GroupCommit(
      (appends) => commitGroup(pool, types, appends, timeoutMs, this.listener?.serverProcess ?? 0, offer),
      isRefusal,
    );
    this.streamReads = new StreamReads(pool);
    this.pollMs = options.pollMs ?? 1_000;
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<AppendResult> {
    const append = encodeAppend(stream, expected, events);
    try {
      return await orUnavailable(this.group.append(append));
    } catch (error) {
      // What was stored after all is notified by a connection that the listener leaves out.
      this.appended.raise();
      throw error;
    }
  }

  readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    return orUnavailable(this.streamReads.read(stream, options));
  }

  readAll(options: ReadAllOptions): Promise<AllPage> {
    return orUnavailable(readAll(this.pool, options));
  }

  head(): Promise<Position> {
    return orUnavailable(readHead(this.pool));
  }

  subscribe(options: SubscribeOptions): EventSubscription {
    const { appended, pollMs } = this;
    this.listener ??= new AppendListener(this.options.connectionString, appended, this.isOwn);
    this.tail ??= new Tail({ readAll: (page) => this.readAll(page), head: () => this.head(), appended, pollMs });
    const deaf = this.tail.onFault((error) => options.onFault?.(error));
    const followed = follow(this.tail, options);
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
    const answer = orUnavailable(this.pool.query('select 1'));
    answer.catch(() => undefined);
    await within(PING_TIMEOUT_MS, answer, () => new EventStoreUnavailable('Postgres does not answer'));
  }

  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  private async shutDown(): Promise<void> {
    await Promise.all([this.group.close(), ...[...this.subscriptions].map((each) => each.stop())]);
    await this.tail?.stop();
    await this.listener?.stop();
    await this.pool.end();
  }
}

const unavailable = (error: unknown): EventStoreUnavailable =>
  error instanceof EventStoreUnavailable
    ? error
    : new EventStoreUnavailable(`Postgres: ${error instanceof Error ? error.message : String(error)}`, { cause: error });

const orUnavailable = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw unavailable(error);
  });

/** Classes 22 (data), 23 (integrity) and 54 (limits) of SQLSTATE: the statement was refused as a whole. */
const isRefusal = (error: unknown): boolean => error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '');
