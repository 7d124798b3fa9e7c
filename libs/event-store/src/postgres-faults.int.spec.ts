import pg from 'pg';
import { startOwnTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { BadNetwork } from '../test/bad-network.js';
import { appended, events, freshName, idsOf, until } from './contract/bench.js';
import { EventStoreUnavailable, NO_STREAM } from './port.js';
import type { EventStore, NewEvent, Position } from './port.js';
import { openPostgresEventStore } from './postgres/postgres-event-store.js';

describe('event store on a Postgres that fails', () => {
  let postgres: TestPostgres;
  let store: EventStore;

  beforeAll(async () => {
    postgres = await startOwnTestPostgres();
    store = await openPostgresEventStore({ connectionString: postgres.connectionString, appendTimeoutMs: 400, pollMs: 200 });
  });
  afterAll(async () => {
    await store.close();
    await postgres.stop();
  });

  const backends = async (): Promise<readonly number[]> => {
    const client = new pg.Client({ connectionString: postgres.connectionString });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name in ('holdfast event store', 'holdfast event store listener')`,
    );
    await client.end();
    return rows.map((row) => row.pid);
  };

  /** As a caller has to do it: the same events again until the outcome is known. */
  const appendUntilKnown = async (
    stream: string,
    expected: number,
    list: readonly NewEvent[],
  ): Promise<{ revision: number; faults: number }> => {
    const deadline = performance.now() + 120_000;
    for (let faults = 0; ; faults += 1) {
      try {
        return { revision: (await appended(store.append(stream, expected, list))).revision, faults };
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable) || performance.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };

  it('loses nothing and doubles nothing when the server crashes under load, and subscribers go on', async () => {
    const prefix = freshName();
    const seen: string[] = [];
    const positions: Position[] = [];
    const faultsSeen: unknown[] = [];
    const subscription = store.subscribe({
      after: await store.head(),
      filter: { streamPrefixes: [prefix] },
      onBatch: async (batch) => {
        seen.push(...idsOf(batch.events));
        positions.push(batch.position);
      },
      onFault: (error) => faultsSeen.push(error),
    });
    let faults = 0;
    const writers = Array.from({ length: 8 }, async (_none, writer) => {
      const written: string[] = [];
      for (let n = 0; n < 40; n += 1) {
        const list = events(1);
        const answer = await appendUntilKnown(`${prefix}-${writer}`, n - 1, list);
        faults += answer.faults;
        expect(answer.revision).toBe(n);
        written.push(...idsOf(list));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return written;
    });
    await until(() => seen.length > 40, 'the load runs');
    // A backend that dies makes the server end all connections and recover.
    process.kill((await backends())[0] ?? Number.NaN, 'SIGKILL');
    const written = await Promise.all(writers);
    await until(() => seen.length >= 320, 'subscribers have it all');
    await subscription.stop();
    expect(faults).toBeGreaterThan(0);
    expect([...seen].sort()).toEqual(written.flat().sort());
    for (const [writer, ids] of written.entries()) expect(idsOf(await store.readStream(`${prefix}-${writer}`))).toEqual(ids);
  });

  it('gives an append up after its time when the server freezes, and takes it again afterwards', async () => {
    const stream = freshName();
    const list = events(2);
    const frozen = await backends();
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    try {
      await expect(store.append(stream, NO_STREAM, list)).rejects.toThrow(EventStoreUnavailable);
    } finally {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    }
    expect((await appendUntilKnown(stream, NO_STREAM, list)).revision).toBe(1);
    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(list));
  });

  it('recovers by itself when the server cannot be reached for a while', async () => {
    const folder = new URL(postgres.connectionString).searchParams.get('host') ?? '';
    const network = new BadNetwork({ path: `${folder}/.s.PGSQL.5432` });
    const port = await network.start();
    const remote = await openPostgresEventStore({ connectionString: `postgres://holdfast@127.0.0.1:${port}/postgres`, pollMs: 200 });
    const stream = freshName();
    const seen: string[] = [];
    const subscription = remote.subscribe({
      after: await remote.head(),
      filter: { streamPrefixes: [stream] },
      onBatch: async (batch) => {
        seen.push(...idsOf(batch.events));
      },
    });
    const [before, after] = [events(3), events(3)];
    await appended(remote.append(stream, NO_STREAM, before));
    await network.stop();
    await expect(remote.append(stream, 2, after)).rejects.toThrow(EventStoreUnavailable);
    await expect(remote.readStream(stream)).rejects.toThrow(EventStoreUnavailable);
    await expect(remote.ping()).rejects.toThrow(EventStoreUnavailable);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await network.start(port);
    await appended(remote.append(stream, 2, after));
    await until(() => seen.length === 6, 'the subscriber has it all');
    expect(seen).toEqual(idsOf([...before, ...after]));
    await subscription.stop();
    await remote.close();
    await network.stop();
  });

  it('stores nothing wrong where the isolation of transactions was changed', async () => {
    const admin = postgres.pool();
    await admin.query(`alter role holdfast set default_transaction_isolation = 'repeatable read'`);
    const others = await Promise.all(
      [1, 2, 3].map(() => openPostgresEventStore({ connectionString: postgres.connectionString, connections: 1 })),
    );
    const prefix = freshName();
    const attempt = async (n: number): Promise<'stored' | 'failed'> => {
      try {
        await others[n % 3]?.append(`${prefix}-${n}`, NO_STREAM, events(1));
        return 'stored';
      } catch (error) {
        if (error instanceof EventStoreUnavailable) return 'failed';
        throw error;
      }
    };
    const results = await Promise.all(Array.from({ length: 90 }, (_none, n) => attempt(n)));
    await admin.query('alter role holdfast reset default_transaction_isolation');
    await Promise.all(others.map((other) => other.close()));
    for (const [n, result] of results.entries()) {
      expect(await store.readStream(`${prefix}-${n}`)).toHaveLength(result === 'stored' ? 1 : 0);
    }
  });

  it('has positions without gaps', async () => {
    const pool = postgres.pool();
    const { rows } = await pool.query('select count(*)::int as count, max(position)::int + 1 as next from event_store.events');
    expect(rows).toEqual([{ count: expect.any(Number) as number, next: (rows[0] as { count: number }).count }]);
  });

  it('says that it cannot be reached', async () => {
    await expect(openPostgresEventStore({ connectionString: 'postgres://127.0.0.1:1/none' })).rejects.toThrow(EventStoreUnavailable);
  });
});
