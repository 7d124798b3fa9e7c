import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { eventually, numbered, numbersOf, sleep, upTo } from '../contract/suite.js';
import type { Bus, IncomingMessage, TopicDefinition } from '../port.js';
import type { PostgresBusOptions } from './options.js';
import { PostgresBus } from './postgres-bus.js';

describe('upkeep of the Postgres log', () => {
  let postgres: TestPostgres;
  let pool: pg.Pool;
  let buses: Bus[] = [];

  beforeAll(async () => {
    postgres = await startTestPostgres();
    pool = postgres.pool();
  });
  afterEach(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    buses = [];
  });
  afterAll(() => postgres.stop());

  const open = (more: Partial<PostgresBusOptions> = {}): Bus => {
    const bus = new PostgresBus({ connectionString: postgres.connectionString, upkeepMs: 50, compactionLagMs: 0, ...more });
    buses.push(bus);
    return bus;
  };

  async function topicOf(bus: Bus, more: Partial<TopicDefinition>): Promise<string> {
    const name = `upkeep.${randomUUID()}`;
    await bus.ensureTopics([{ name, partitions: 2, cleanup: 'delete', ...more }]);
    return name;
  }

  async function stored(topic: string): Promise<{ key: string; value: string | null; seq: string; partition: number }[]> {
    const sql = `select l.key, l.value, l.seq, h.partition from bus.log l join bus.heads h on h.id = l.head_id join bus.topics t on t.id = h.topic_id
      where t.name = $1 order by h.partition, l.seq`;
    return (await pool.query<{ key: string; value: string | null; seq: string; partition: number }>(sql, [topic])).rows;
  }

  async function readAll(bus: Bus, topic: string, count: number): Promise<IncomingMessage[]> {
    const seen: IncomingMessage[] = [];
    const tail = await bus.tail({ topics: [topic], from: 'earliest', onMessages: async (messages) => void seen.push(...messages) });
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(count));
    await tail.stop();
    return seen;
  }

  it('deletes what is older than the retention, in pieces, and readers go on behind it', async () => {
    const bus = open();
    const topic = await topicOf(bus, { retentionMs: 3_600_000 });
    await bus.publish(topic, numbered(3_000));
    const aged = `update bus.log set at = at - 7200000 where head_id in
      (select h.id from bus.heads h join bus.topics t on t.id = h.topic_id where t.name = $1)`;
    await pool.query(aged, [topic]);
    await bus.publish(topic, numbered(10, 10, 3_000));
    await eventually(async () => expect((await stored(topic)).length).toBe(10));
    const seen: IncomingMessage[] = [];
    await bus.consume({ group: topic, topics: [topic], onBatch: async (batch) => void seen.push(...batch.messages) });
    await eventually(() => expect(numbersOf(seen).sort()).toEqual(upTo(3_010).slice(3_000)));
    expect(numbersOf(await readAll(bus, topic, 10)).sort()).toEqual(upTo(3_010).slice(3_000));
  });

  it('keeps everything where no retention is asked for', async () => {
    const bus = open();
    const topic = await topicOf(bus, {});
    await bus.publish(topic, numbered(10));
    await sleep(400);
    expect((await stored(topic)).length).toBe(10);
  });

  it('keeps the newest message of each key of a compacted topic, whatever pieces it works in', async () => {
    const bus = open();
    const topic = await topicOf(bus, { cleanup: 'compact' });
    for (let round = 0; round < 6; round += 1) await bus.publish(topic, numbered(1_500, 100, round * 1_500));
    await eventually(async () => expect((await stored(topic)).length).toBe(100));
    const newest = new Map((await stored(topic)).map((row) => [row.key, (JSON.parse(row.value ?? '') as { n: number }).n]));
    expect([...newest.values()].sort((one, other) => one - other)).toEqual(upTo(9_000).slice(8_900));
    await bus.publish(topic, numbered(100, 100, 9_000));
    await eventually(async () => expect((await stored(topic)).length).toBe(100));
    const offsets = (await readAll(bus, topic, 100)).map((message) => `${message.partition}/${message.offset}`);
    expect(new Set(offsets).size).toBe(100);
  });

  it('keeps all of a compacted topic that is younger than the lag', async () => {
    const bus = open({ compactionLagMs: 600_000 });
    const topic = await topicOf(bus, { cleanup: 'compact' });
    await bus.publish(topic, numbered(50, 5));
    await sleep(400);
    expect((await stored(topic)).length).toBe(50);
  });

  it('lets a tombstone take its key with it, and itself when it is old', async () => {
    const bus = open({ tombstoneMs: 1_500 });
    const topic = await topicOf(bus, { cleanup: 'compact' });
    await bus.publish(topic, numbered(20, 2));
    await bus.publish(topic, [{ key: 'key-0', value: null }]);
    await eventually(async () =>
      expect((await stored(topic)).map((row) => [row.key, row.value === null]).sort()).toEqual([
        ['key-0', true],
        ['key-1', false],
      ]),
    );
    await eventually(async () => expect((await stored(topic)).map((row) => row.key)).toEqual(['key-1']));
    await bus.publish(topic, [{ key: 'key-0', value: '{"n":1}' }]);
    await sleep(300);
    expect((await stored(topic)).map((row) => row.key).sort()).toEqual(['key-0', 'key-1']);
  });

  it('moves a reader over what compaction took, up to the end', async () => {
    const bus = open();
    const topic = await topicOf(bus, { cleanup: 'compact', partitions: 1 });
    await bus.publish(topic, numbered(400, 1));
    await bus.publish(topic, [{ key: 'other', value: '{"n":-1}' }]);
    await eventually(async () => expect((await stored(topic)).length).toBe(2));
    const seen: IncomingMessage[] = [];
    await bus.consume({ group: topic, topics: [topic], batchSize: 10, onBatch: async (batch) => void seen.push(...batch.messages) });
    await eventually(() => expect(numbersOf(seen)).toEqual([399, -1]));
    const sql = 'select o.next_seq from bus.offsets o join bus.groups g on g.id = o.group_id where g.name = $1';
    await eventually(async () => expect((await pool.query(sql, [topic])).rows).toEqual([{ next_seq: '401' }]));
  });
});
