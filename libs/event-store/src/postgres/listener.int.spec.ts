import pg from 'pg';
import { Signal } from '@holdfast/kit';
import { countStatements, eventually, startTestPostgres, watchAbortListeners, type TestPostgres } from '@holdfast/testing';
import { events, freshName, until } from '../contract/bench.js';
import { NO_STREAM, START } from '../port.js';
import type { EventStore, RecordedEvent } from '../port.js';
import { AppendListener } from './listener.js';
import { openPostgresEventStore } from './postgres-event-store.js';

/** Far beyond the test, so that only a signal can bring what was appended. */
const NEVER_MS = 60_000;

describe('the signal of an append', () => {
  let postgres: TestPostgres;
  let store: EventStore;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    store = await openPostgresEventStore({ connectionString: postgres.connectionString, pollMs: NEVER_MS });
  });
  afterAll(async () => {
    await store.close();
    await postgres.stop();
  });

  /** Resolves once so many stores listen: what is appended before is not told to them. */
  const listening = (count: number): Promise<unknown> =>
    eventually(
      async () => (await postgres.pool().query('select from event_store.listeners')).rowCount,
      (found) => found === count,
    );

  it("makes no process look for an append of its own, however many read there, and still for another's", async () => {
    let seen = 0;
    const others = ['none-', 'nobody-'].map((prefix) =>
      store.subscribe({ after: START, filter: { streamPrefixes: [prefix] }, onBatch: () => Promise.resolve() }),
    );
    const subscription = store.subscribe({
      after: START,
      onBatch: (batch) => Promise.resolve().then(() => void (seen += batch.events.length)),
    });
    const stream = freshName();
    await store.append(stream, NO_STREAM, events(1));
    await until(() => seen === 1, 'the first event');
    // The listener makes readers look once when it is connected.
    await listening(1);
    await quiet();

    const statements = countStatements();
    for (let revision = 0; revision < 20; revision += 1) {
      await store.append(stream, revision, events(1));
      await until(() => seen === revision + 2, 'each event');
    }
    // A notification that came late would have made it look by now.
    await quiet();
    expect(Object.keys(statements.stop()).filter((name) => /^event_store_(filtered_)?page$/.test(name))).toEqual([]);

    const other = await openPostgresEventStore({ connectionString: postgres.connectionString });
    await other.append(freshName(), NO_STREAM, events(1));
    await until(() => seen === 22, 'the event of another process');
    await other.close();
    await Promise.all([subscription, ...others].map((each) => each.stop()));
  });

  it('is sent only while somebody else listens', async () => {
    const heard: string[] = [];
    const ear = new pg.Client({ connectionString: postgres.connectionString });
    await ear.connect();
    ear.on('notification', ({ channel }) => heard.push(channel));
    await ear.query('listen event_store_appended');
    const alone = store.subscribe({ after: await store.head(), onBatch: () => Promise.resolve() });
    const appendOne = async (): Promise<void> => {
      heard.length = 0;
      await store.append(freshName(), NO_STREAM, events(1));
      await quiet();
    };
    await listening(1);
    await quiet();
    await appendOne();
    expect(heard).toEqual([]);

    const other = await openPostgresEventStore({ connectionString: postgres.connectionString, pollMs: NEVER_MS });
    let seen = 0;
    const reading = other.subscribe({ after: await store.head(), onBatch: (batch) => Promise.resolve(void (seen += batch.events.length)) });
    await listening(2);
    await quiet();
    await appendOne();
    await until(() => heard.length > 0 && seen > 0, 'the other is told');
    expect(heard).toHaveLength(1);
    expect(seen).toBe(1);

    await reading.stop();
    await other.close();
    await listening(1);
    await appendOne();
    expect(heard).toEqual([]);
    await alone.stop();
    await ear.end();
  });

  it('keeps nothing of the connections that it lost', async () => {
    const listeners = watchAbortListeners();
    const listener = new AppendListener(postgres.connectionString, new Signal(), () => false);
    await until(() => listener.serverProcess > 0, 'it listens');
    const atFirst = listeners.count();
    for (let lost = 0; lost < 3; lost += 1) {
      const before = listener.serverProcess;
      await postgres.pool().query('select pg_terminate_backend($1)', [before]);
      await until(() => ![0, before].includes(listener.serverProcess), 'it listens again');
    }
    expect(listeners.count()).toBe(atFirst);
    await listener.stop();
    listeners.stop();
  });

  it('gives the readers of every process the very events that were stored, in order, while several processes write', async () => {
    const start = await store.head();
    const processes = [
      store,
      await openPostgresEventStore({ connectionString: postgres.connectionString, pollMs: NEVER_MS }),
      await openPostgresEventStore({ connectionString: postgres.connectionString, pollMs: NEVER_MS }),
    ];
    const seen = processes.map((): RecordedEvent[] => []);
    const subscriptions = processes.map((each, index) =>
      each.subscribe({
        after: start,
        onBatch: (batch) => Promise.resolve().then(() => void seen[index]?.push(...batch.events)),
      }),
    );
    await listening(3);
    const writers = processes.flatMap((each) => Array.from({ length: 6 }, () => ({ each, stream: freshName() })));
    await Promise.all(
      writers.map(async ({ each, stream }) => {
        for (let n = 0; n < 30; n += 1) await each.append(stream, 2 * n - 1, events(2));
      }),
    );
    await until(() => seen.every((list) => list.length >= writers.length * 60), 'all have read all');
    await Promise.all(subscriptions.map((each) => each.stop()));
    const { events: stored } = await store.readAll({ after: start, limit: 10_000 });
    for (const list of seen) expect(list).toEqual(stored);
    await Promise.all(processes.slice(1).map((each) => each.close()));
  });
});

const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));
