import pg from 'pg';
import { countStatements, startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { eventually, numbered, numbersOf, upTo } from '../contract/suite.js';
import { PostgresBus } from './postgres-bus.js';

describe('statements of the bus', () => {
  let postgres: TestPostgres;
  const opened: PostgresBus[] = [];
  const open = (): PostgresBus => {
    const bus = new PostgresBus({ connectionString: postgres.connectionString, upkeepMs: 0 });
    opened.push(bus);
    return bus;
  };

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });
  afterAll(async () => {
    await Promise.all(opened.map((bus) => bus.close()));
    await postgres.stop();
  });

  it('are none for reading what the same process published, one to publish to several topics, and one for all offsets', async () => {
    const bus = open();
    await bus.ensureTopics(['a', 'b'].map((name) => ({ name, partitions: 4, cleanup: 'delete' })));
    const seen: number[] = [];
    const tailed: number[] = [];
    await bus.consume({
      group: 'g',
      topics: ['a', 'b'],
      onBatch: ({ messages }) => Promise.resolve().then(() => void seen.push(...numbersOf(messages))),
    });
    await bus.tail({
      topics: ['a'],
      from: 'latest',
      onMessages: (messages) => Promise.resolve().then(() => void tailed.push(...numbersOf(messages))),
    });
    const first = countStatements();
    await bus.publish('a', numbered(1));
    await eventually(() => expect(seen).toHaveLength(1));
    // Its offset is stored after it was seen, and is not counted below.
    await eventually(() => expect(first.counts).toHaveProperty('bus_store_offsets'));
    first.stop();

    const statements = countStatements();
    await Promise.all([bus.publish('a', numbered(30, 30, 1)), bus.publish('b', numbered(30, 30, 31))]);
    await eventually(() => expect([seen.length, tailed.length]).toEqual([61, 31]));
    await eventually(() => expect(statements.counts).toHaveProperty('bus_store_offsets'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(statements.stop()).toEqual({ bus_publish: 1, bus_store_offsets: 1 });

    await open().publish('a', numbered(5, 5, 61));
    await eventually(() => expect([...seen].sort((one, other) => one - other)).toEqual(upTo(66)));
    await bus.publish('a', numbered(5, 5, 66));
    await eventually(() => expect([...tailed].sort((one, other) => one - other).slice(-10)).toEqual(upTo(71).slice(-10)));
  });

  it('notify only while another process listens', async () => {
    const heard: string[] = [];
    const ear = new pg.Client({ connectionString: postgres.connectionString });
    await ear.connect();
    ear.on('notification', ({ channel }) => heard.push(channel));
    await ear.query('listen bus_log');
    await Promise.all(opened.splice(0).map((bus) => bus.close()));
    const bus = open();
    await bus.ensureTopics([{ name: 'c', partitions: 1, cleanup: 'delete' }]);
    const publishOne = async (): Promise<void> => {
      heard.length = 0;
      await bus.publish('c', numbered(1));
      await new Promise((resolve) => setTimeout(resolve, 200));
    };
    await publishOne();
    expect(heard).toEqual([]);

    const other = new PostgresBus({ connectionString: postgres.connectionString, upkeepMs: 0, pollMs: 60_000 });
    let tailed = 0;
    await other.tail({ topics: ['c'], from: 'latest', onMessages: (messages) => Promise.resolve(void (tailed += messages.length)) });
    await publishOne();
    await eventually(() => expect(heard).toEqual(['bus_log']));
    await eventually(() => expect(tailed).toBe(1));

    await other.close();
    await publishOne();
    expect(heard).toEqual([]);
    await ear.end();
  });
});
