import { events, event, idsOf, until } from '../contract/bench.js';
import { follow } from '../following.js';
import type { PagedLog } from '../following.js';
import { MemoryEventStore } from '../memory/memory-event-store.js';
import { NO_STREAM, START } from '../port.js';
import type { EventFilter, Position, ReadAllOptions, RecordedEvent } from '../port.js';
import { Signal } from '@holdfast/kit';
import { Tail } from './tail.js';

/** A log in memory that counts who looks, and fails when told to. */
class CountedLog implements PagedLog {
  readonly appended = new Signal();
  readonly pollMs = 60_000;
  readonly store = new MemoryEventStore();
  looks: ReadAllOptions[] = [];
  failures = 0;

  readAll(options: ReadAllOptions) {
    this.looks.push(options);
    if (this.failures-- > 0) return Promise.reject(new Error('away'));
    return this.store.readAll(options);
  }

  head(): Promise<Position> {
    return this.store.head();
  }

  async append(stream: string, expected: number, list: Parameters<MemoryEventStore['append']>[2]): Promise<void> {
    await this.store.append(stream, expected, list);
    this.appended.raise();
  }
}

describe('the tail of the log', () => {
  let log: CountedLog;
  let tail: Tail;
  const stops: (() => Promise<void>)[] = [];

  beforeEach(() => {
    log = new CountedLog();
    tail = new Tail(log);
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await tail.stop();
  });

  const reader = (filter?: EventFilter, after: Position = START) => {
    const seen: RecordedEvent[] = [];
    const at = { position: after };
    const following = follow(tail, {
      after,
      ...(filter === undefined ? {} : { filter }),
      onBatch: async (batch) => {
        seen.push(...batch.events);
        at.position = batch.position;
      },
    });
    stops.push(() => following.stop());
    return { seen, at };
  };
  const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

  it('is read once for each append, however many follow it, and each gets what passes its filter', async () => {
    const all = reader();
    const ones = reader({ types: ['One.v1'] });
    const others = reader({ streamPrefixes: ['other-'] });
    await quiet();
    log.looks = [];
    for (let revision = NO_STREAM; revision < 9; revision += 1) {
      await log.append('stream', revision, [event(revision % 2 === 0 ? 'One.v1' : 'Two.v1')]);
      await until(() => others.at.position === BigInt(revision + 1), 'all have come so far');
    }
    expect(log.looks).toHaveLength(10);
    expect(all.seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(ones.seen.map(({ revision }) => revision)).toEqual([1, 3, 5, 7, 9]);
    expect(others.seen).toEqual([]);
  });

  it('leaves those who are further behind than it reaches to the log, until they have caught up', async () => {
    const old = events(40);
    const behind = new CountedLog();
    await behind.append('old', NO_STREAM, old);
    const begun = new Tail(behind);
    await quiet();
    const page = await begun.readAll({ after: START, limit: 15 });
    expect(idsOf(page.events)).toEqual(idsOf(old.slice(0, 15)));
    expect(behind.looks.at(-1)).toEqual({ after: START, limit: 15 });
    const fresh = events(3);
    await behind.append('new', NO_STREAM, fresh);
    await quiet();
    const looks = behind.looks.length;
    expect(idsOf((await begun.readAll({ after: 39n, limit: 2 })).events)).toEqual(idsOf(fresh.slice(0, 2)));
    expect(await begun.readAll({ after: 42n, limit: 2 })).toEqual({ events: [], position: 42n, atEnd: true });
    expect(behind.looks).toHaveLength(looks);
    await begun.stop();
  });

  it('forgets old events and still misses none', async () => {
    const one = reader();
    const sent: string[] = [];
    for (let at = 0; at < 30_000; at += 1_000) {
      const list = events(1_000);
      sent.push(...idsOf(list));
      await log.append('stream', at - 1, list);
      if (at === 20_000) await until(() => one.seen.length === 21_000, 'the first has read a part');
    }
    await until(() => one.seen.length === 30_000, 'it has all');
    const late = reader();
    await until(() => late.seen.length === 30_000, 'a late one has all, too');
    expect(idsOf(one.seen)).toEqual(sent);
    expect(idsOf(late.seen)).toEqual(sent);
  });

  it('takes what it is offered without a look, in any order, and looks only for what nobody offers', async () => {
    const one = reader();
    await quiet();
    log.looks = [];
    const sent = events(6);
    await log.store.append('stream', NO_STREAM, sent);
    const { events: stored } = await log.store.readAll({ after: START, limit: 10 });
    tail.offer(stored.slice(0, 2));
    await until(() => one.seen.length === 2, 'the first two');
    tail.offer(stored.slice(3, 4));
    tail.offer(stored.slice(2, 3));
    await until(() => one.seen.length === 4, 'the next two');
    expect(log.looks).toEqual([]);
    tail.offer(stored.slice(5));
    await until(() => one.seen.length === 6, 'the last, and the one before it');
    expect(log.looks).toEqual([{ after: 3n, limit: 2_000 }]);
    tail.offer(stored.slice(4));
    await log.append('stream', 5, events(1));
    await until(() => one.seen.length === 7, 'one more');
    expect(idsOf(one.seen.slice(0, 6))).toEqual(idsOf(sent));
  });

  it('tells of faults and goes on', async () => {
    const told: unknown[] = [];
    const end = tail.onFault((error) => told.push(error));
    const one = reader();
    await quiet();
    log.failures = 1;
    await log.append('stream', NO_STREAM, events(2));
    await until(() => one.seen.length === 2, 'both have come');
    expect(told).toEqual([new Error('away')]);
    end();
    log.failures = 1;
    await log.append('stream', 1, events(1));
    await until(() => one.seen.length === 3, 'the third has come');
    expect(told).toHaveLength(1);
  });
});
