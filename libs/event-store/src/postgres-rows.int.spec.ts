import fc from 'fast-check';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { appended, events, freshName, idsOf } from './contract/bench.js';
import { MemoryEventStore } from './memory/memory-event-store.js';
import { NO_STREAM, START } from './port.js';
import type { EventStore, Position, ReadAllOptions, RecordedEvent } from './port.js';
import { migrate } from './postgres/migrate.js';
import { openPostgresEventStore } from './postgres/postgres-event-store.js';
import { MIGRATIONS } from './postgres/schema.js';

/** Events of each append; several share a row. */
const SIZES = [1, 3, 1, 1, 64, 2, 1, 300, 1, 7, 1, 1, 20, 5, 1];
const STREAMS = ['row-a', 'row-b', 'other-c'];
const MOST = SIZES.reduce((sum, size) => sum + size, 0) + 5;

const withoutTime = (list: readonly RecordedEvent[]): readonly Omit<RecordedEvent, 'recordedAt'>[] =>
  list.map(({ recordedAt: _, ...event }) => event);

type Page = readonly [events: ReturnType<typeof withoutTime>, position: Position];

const hasEvents = ([list]: Page): boolean => list.length > 0;

async function pages(store: EventStore, options: ReadAllOptions): Promise<readonly Page[]> {
  const read: Page[] = [];
  for (let after = options.after; ;) {
    const page = await store.readAll({ ...options, after });
    read.push([withoutTime(page.events), page.position]);
    if (page.atEnd) return read;
    after = page.position;
  }
}

describe('the rows of the event store on Postgres', () => {
  let postgres: TestPostgres;
  let store: EventStore;
  const memory = new MemoryEventStore();

  beforeAll(async () => {
    postgres = await startTestPostgres();
    store = await openPostgresEventStore({ connectionString: postgres.connectionString });
    const revisions = new Map<string, number>();
    for (const [n, size] of SIZES.entries()) {
      const stream = STREAMS[n % STREAMS.length] ?? '';
      const list = events(size).map((event, place) => ({ ...event, type: place % 3 === 0 ? 'Third.v1' : event.type }));
      const expected = revisions.get(stream) ?? NO_STREAM;
      revisions.set(stream, expected + size);
      for (const each of [store, memory]) await appended(each.append(stream, expected, list));
    }
  });
  afterAll(async () => {
    await store.close();
    await postgres.stop();
  });

  it('give any part of a stream, in both directions, wherever it begins and ends', async () => {
    const part = fc.record({
      stream: fc.constantFrom(...STREAMS, 'none'),
      from: fc.option(fc.integer({ min: 0, max: MOST }), { nil: undefined }),
      limit: fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined }),
      direction: fc.constantFrom('forwards' as const, 'backwards' as const),
    });
    await fc.assert(
      // Together, as streams that are read in one moment are read by one statement.
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
        const read = (from: EventStore): Promise<unknown> =>
          Promise.all(
            parts.map(async ({ stream, from: first, limit, direction }) =>
              withoutTime(
                await from.readStream(stream, {
                  direction,
                  ...(first === undefined ? {} : { from: first }),
                  ...(limit === undefined ? {} : { limit }),
                }),
              ),
            ),
          );
        expect(await read(store)).toEqual(await read(memory));
      }),
      { numRuns: 150 },
    );
  });

  it('give any page of the log, with a filter or without', async () => {
    const page = fc.record({
      after: fc.integer({ min: -1, max: MOST }).map(BigInt),
      limit: fc.integer({ min: 1, max: 120 }),
      filter: fc.constantFrom(
        undefined,
        { types: ['Third.v1'] },
        { streamPrefixes: ['row-'] },
        { streamPrefixes: ['row-b'], types: ['Third.v1'] },
      ),
    });
    await fc.assert(
      fc.asyncProperty(page, async ({ filter, ...range }) => {
        const options: ReadAllOptions = { ...range, ...(filter === undefined ? {} : { filter }) };
        const [ours, theirs] = [await pages(store, options), await pages(memory, options)];
        expect(ours.flatMap(([list]) => list)).toEqual(theirs.flatMap(([list]) => list));
        // Only one of them knows at a page that is full to the last event that nothing lies behind it.
        if (filter === undefined) expect(ours.filter(hasEvents)).toEqual(theirs.filter(hasEvents));
      }),
      { numRuns: 150 },
    );
  });

  it('hold the events of each append that went together with others, in whatever order they came', async () => {
    const given = [3, 1, 2, 1, 4].map((size) => ({ stream: freshName(), list: events(size) }));
    await Promise.all(given.map(({ stream, list }) => appended(store.append(stream, NO_STREAM, list))));
    for (const { stream, list } of given) expect(idsOf(await store.readStream(stream))).toEqual(idsOf(list));
  });

  it('recognise a repeat of several events among other appends, and nothing else', async () => {
    const [one, many, other] = [freshName(), freshName(), freshName()];
    const [single, several] = [events(1), events(4)];
    await Promise.all([appended(store.append(one, NO_STREAM, single)), appended(store.append(many, NO_STREAM, several))]);
    await appended(store.append(many, 3, events(2)));
    const answers = await Promise.all([
      store.append(many, NO_STREAM, several),
      store.append(one, NO_STREAM, single),
      store.append(other, NO_STREAM, events(3)),
    ]);
    expect(answers).toMatchObject([
      { kind: 'appended', revision: 3 },
      { kind: 'appended', revision: 0 },
      { kind: 'appended', revision: 2 },
    ]);
    expect(await store.append(many, NO_STREAM, several.slice(0, 3))).toMatchObject({ kind: 'appended', revision: 2 });
    expect(await store.append(many, NO_STREAM, [...several.slice(0, 3), ...events(1)])).toEqual({
      kind: 'conflict',
      expected: -1,
      actual: 5,
    });
    expect(await store.readStream(many)).toHaveLength(6);
  });

  it('are made of a log that has a row for each event', async () => {
    const old = await startTestPostgres();
    const pool = old.pool();
    await pool.query(
      'create schema event_store; create table event_store.migrations (version int primary key, applied_at timestamptz default now())',
    );
    for (const [index, step] of MIGRATIONS.slice(0, 5).entries()) {
      await pool.query(step);
      await pool.query('insert into event_store.migrations (version) values ($1)', [index + 1]);
    }
    const list = events(3);
    await pool.query(`insert into event_store.streams (name) values ('kept')`);
    for (const [n, { id, type, data, metadata }] of list.entries()) {
      await pool.query(
        `insert into event_store.events (position, recorded_at, stream_id, revision, type_id, id, data, metadata)
         values ($1::bigint, 5, 1, $1::bigint::int, (select t.id from event_store.type_ids(array[$2]) t), $3, $4, $5)`,
        [n, type, id, JSON.stringify(data), JSON.stringify(metadata)],
      );
    }
    await migrate(pool);
    const opened = await openPostgresEventStore({ connectionString: old.connectionString });
    await appended(opened.append('kept', 2, events(2)));
    const all = await opened.readAll({ after: START, limit: 100 });
    expect(idsOf(all.events).slice(0, 3)).toEqual(idsOf(list));
    expect(all.events.map(({ revision, position }) => [revision, position])).toEqual([0, 1, 2, 3, 4].map((n) => [n, BigInt(n)]));
    await opened.close();
    await old.stop();
  });
});
