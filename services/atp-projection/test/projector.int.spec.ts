import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { TOPICS } from '@holdfast/contracts';
import { MemoryEventStore } from '@holdfast/event-store';
import { Metrics, createLogger } from '@holdfast/platform';
import { digest, migrateReadModel, readCheckpoint, rebuild } from '@holdfast/read-model';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { ProjectionMetrics } from '../src/projection/projection-metrics.js';
import { Projector } from '../src/projection/projector.js';
import { eventually } from './eventually.js';
import { History } from './history.js';
import { RecordingBus, gapIn } from './recording-bus.js';

let postgres: TestPostgres;
let pool: Pool;
let store: MemoryEventStore;
let history: History;
let bus: RecordingBus;
let running: Projector[];
let metrics: Metrics;

const ATP = TOPICS.atp.name;
const CHANNEL_ATP = TOPICS.channelAtp.name;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = postgres.pool();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  await pool.query('DROP SCHEMA IF EXISTS read_model CASCADE');
  await migrateReadModel(postgres.connectionString, 'read_model');
  store = new MemoryEventStore();
  history = new History(store);
  bus = new RecordingBus();
  running = [];
  metrics = new Metrics();
});
afterEach(async () => {
  await Promise.all(running.map((projector) => projector.stop()));
  await store.close();
});

function start(on: RecordingBus = bus): Projector {
  const projector = new Projector({
    connectionString: postgres.connectionString,
    pool,
    schema: 'read_model',
    eventStore: store,
    bus: on,
    logger: createLogger({ logLevel: 'silent' }, 'test'),
    metrics: new ProjectionMetrics(metrics, { now: () => Date.now() }),
  });
  projector.start();
  running.push(projector);
  return projector;
}

const caughtUp = (): Promise<void> =>
  eventually(async () => {
    const { position } = await readCheckpoint(pool, 'read_model');
    expect(position).toBe(await store.head());
  });
const onHand = async (sku: string): Promise<number> =>
  Number((await pool.query<{ n: string }>('SELECT sum(on_hand) AS n FROM read_model.stock WHERE sku = $1', [sku])).rows[0]?.n);
/** Ends every connection to the database but the test's own pool would notice; all come back. */
const cutConnections = (): Promise<unknown> =>
  pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = $1', [
    'client backend',
  ]);

describe('the topics', () => {
  it('get every event, and one message for each key that changed', async () => {
    await history.channel('web', { bufferUnits: 1 });
    const messageId = await history.receive('TEE', 5);
    start();
    await eventually(() => expect(bus.on(CHANNEL_ATP)).toHaveLength(1));

    expect(bus.on(TOPICS.stockEvents.name).map(({ key, event }) => [key, event.type])).toEqual([
      ['acme|channels-acme', 'holdfast.stock.ChannelEnabled.v1'],
      ['acme|TEE', 'holdfast.stock.StockReceived.v1'],
    ]);
    expect(bus.on(ATP)).toMatchObject([
      {
        key: 'acme|TEE|MAIN',
        event: {
          type: 'holdfast.inventory.atp.v1',
          data: { sku: 'TEE', locationId: 'MAIN', onHand: 5, reserved: 0, available: 5, version: 1, position: '1', causes: [messageId] },
        },
      },
    ]);
    expect(bus.on(CHANNEL_ATP)).toMatchObject([{ key: 'acme|web|TEE', event: { data: { channelId: 'web', atp: 4, version: 1 } } }]);
    expect(bus.on(CHANNEL_ATP)[0]?.event.data['locations']).toEqual([{ locationId: 'MAIN', atp: 4 }]);
  });

  it("get a channel's ATP by location, sorted and without locations that have none", async () => {
    await history.channel('web', { bufferUnits: 1 });
    for (const [location, units] of [
      ['MUC', 3],
      ['HAM', 1],
      ['BER', 2],
    ] as const)
      await history.receive('TEE', units, location);
    start();
    await eventually(() => expect(bus.on(CHANNEL_ATP)).toHaveLength(1));
    expect(bus.on(CHANNEL_ATP)[0]?.event.data).toMatchObject({
      atp: 3,
      locations: [
        { locationId: 'BER', atp: 1 },
        { locationId: 'MUC', atp: 2 },
      ],
    });
  });

  it('get what a channel may promise anew when its policy changes', async () => {
    start();
    await history.receive('TEE', 5);
    await history.receive('HAT', 7);
    await history.channel('web');
    await history.channel('web', { bufferUnits: 2 });
    await eventually(() => expect(bus.versions(CHANNEL_ATP)).toEqual({ 'acme|web|HAT': [1, 2], 'acme|web|TEE': [1, 2] }));
    expect(bus.on(CHANNEL_ATP).map(({ event }) => event.data['atp'])).toEqual([7, 5, 5, 3]);
  });

  it('count versions without a gap while events pour in', async () => {
    start();
    await history.channel('web');
    for (let round = 0; round < 300; round += 1) await history.receive(`SKU-${round % 7}`, 1);
    await caughtUp();
    await eventually(() => expect(bus.on(TOPICS.stockEvents.name)).toHaveLength(301));
    expect(gapIn(bus.versions(ATP))).toBeUndefined();
    expect(gapIn(bus.versions(CHANNEL_ATP))).toBeUndefined();
    expect(await onHand('SKU-0')).toBe(43);
  });
});

describe('a crash between writing and publishing', () => {
  it.each([
    ['before the bus took anything', 'away'],
    ['after the bus took it, the answer lost', 'takes_and_fails'],
  ] as const)('%s: the next projector publishes what was written, with its versions', async (_, mode) => {
    const first = start();
    await history.channel('web');
    await history.receive('TEE', 5);
    await eventually(() => expect(bus.on(CHANNEL_ATP)).toHaveLength(1));
    bus.mode = mode;
    const messageId = await history.receive('TEE', 2);
    await caughtUp();
    // It goes on trying until it is stopped without having got through.
    await first.stop();
    expect((await readCheckpoint(pool, 'read_model')).publishedPosition).toBeLessThan(await store.head());

    bus.mode = 'works';
    const before = bus.published.length;
    start();
    await eventually(() => expect(bus.published.length).toBeGreaterThanOrEqual(before + 3));
    const again = bus.published.slice(before);
    expect(again.filter(({ topic }) => topic === ATP)).toMatchObject([{ event: { data: { onHand: 7, version: 2, causes: [messageId] } } }]);
    expect(again.filter(({ topic }) => topic === CHANNEL_ATP)).toMatchObject([{ event: { data: { atp: 7, version: 2 } } }]);
    expect(again.filter(({ topic }) => topic === TOPICS.stockEvents.name)).toHaveLength(1);
    await history.receive('TEE', 1);
    await eventually(() => expect(bus.versions(ATP)['acme|TEE|MAIN']?.at(-1)).toBe(3));
    expect(gapIn(bus.versions(ATP))).toBeUndefined();
  });

  it('writes nothing further before its messages are out', async () => {
    start();
    await history.receive('TEE', 1);
    await eventually(() => expect(bus.on(ATP)).toHaveLength(1));
    bus.mode = 'away';
    await history.receive('TEE', 1);
    await eventually(async () => expect((await readCheckpoint(pool, 'read_model')).position).toBe(1n));
    await history.receive('TEE', 1);
    await sleep(200);
    expect((await readCheckpoint(pool, 'read_model')).position).toBe(1n);
    bus.mode = 'works';
    await eventually(() => expect(bus.versions(ATP)).toEqual({ 'acme|TEE|MAIN': [1, 2, 3] }));
  });

  it('leaves nothing to publish again after a clean stop', async () => {
    const first = start();
    await history.receive('TEE', 1);
    await eventually(() => expect(bus.on(ATP)).toHaveLength(1));
    await first.stop();
    start();
    await history.receive('TEE', 1);
    await eventually(() => expect(bus.versions(ATP)).toEqual({ 'acme|TEE|MAIN': [1, 2] }));
    expect(bus.on(TOPICS.stockEvents.name)).toHaveLength(2);
  });
});

describe('an event that cannot be projected', () => {
  it('sets its stream aside, with an error for operators; all others go on and keep their versions', async () => {
    const projector = start();
    await history.channel('web');
    await history.receive('BAD', 1);
    await history.receive('GOOD', 1);
    await history.describeWithNul('BAD');
    await history.receive('BAD', 10, 'MAIN');
    await history.receive('GOOD', 1);
    await history.receive('GOOD', 1, 'MAIN', 'other');
    await caughtUp();
    expect([await onHand('BAD'), await onHand('GOOD')]).toEqual([1, 3]);
    await eventually(() => expect(new Set(bus.on(TOPICS.stockEvents.name).map(({ event }) => event.id)).size).toBe(7));
    expect(gapIn(bus.versions(ATP))).toBeUndefined();
    expect(bus.versions(ATP)['acme|BAD|MAIN']?.at(-1)).toBe(1);
    expect(await projector.check()).toEqual({ degraded: 'streams set aside, whose rows stand still: 1' });
    await expect(metrics.exposition()).resolves.toContain('holdfast_projection_set_aside_streams 1');
  });

  it('that the bus refuses is left out of its topic; the messages around it are published', async () => {
    bus.refuses = (message) => message.key === 'acme|BAD';
    start();
    for (const sku of ['A', 'BAD', 'C', 'D']) await history.receive(sku, 1);
    await caughtUp();
    await eventually(() => {
      const told = new Set(bus.on(TOPICS.stockEvents.name).map(({ key }) => key));
      expect(told).toEqual(new Set(['acme|A', 'acme|C', 'acme|D']));
    });
  });
});

describe('two projectors', () => {
  it('work one at a time, and the second takes over when the first is gone', async () => {
    const buses = [new RecordingBus(), new RecordingBus()] as const;
    const first = start(buses[0]);
    await history.receive('TEE', 1);
    await eventually(() => expect(buses[0].on(ATP)).toHaveLength(1));
    start(buses[1]);
    await history.receive('TEE', 1);
    await eventually(() => expect(buses[0].on(ATP)).toHaveLength(2));
    expect(buses[1].published).toEqual([]);
    await first.stop();
    await history.receive('TEE', 1);
    await eventually(() => expect(buses[1].versions(ATP)).toEqual({ 'acme|TEE|MAIN': [3] }));
  });

  it('do not both write when the first lost its lock without knowing', async () => {
    const buses = [new RecordingBus(), new RecordingBus()] as const;
    start(buses[0]);
    await history.receive('TEE', 1);
    await eventually(() => expect(buses[0].on(ATP)).toHaveLength(1));
    start(buses[1]);
    let release: () => void = () => undefined;
    const frozen = new Promise<void>((resolve) => (release = resolve));
    buses[0].onPublish = () => frozen;
    await history.receive('TEE', 1);
    await eventually(async () => expect((await readCheckpoint(pool, 'read_model')).position).toBe(1n));
    await cutConnections().catch(() => undefined);
    await eventually(() => expect(buses[1].versions(ATP)['acme|TEE|MAIN']).toEqual([2]));
    release();
    for (let unit = 0; unit < 20; unit += 1) await history.receive('TEE', 1);
    await caughtUp();
    expect(await onHand('TEE')).toBe(22);
    expect(gapIn({ both: [1, ...(buses[1].versions(ATP)['acme|TEE|MAIN'] ?? [])] })).toBeUndefined();
  });
});

describe('when Postgres drops every connection under load', () => {
  it('the projection goes on from its checkpoint and loses nothing', async () => {
    const projector = start();
    await history.channel('web');
    for (let round = 0; round < 200; round += 1) {
      await history.receive(`SKU-${round % 5}`, 1);
      if (round % 40 === 20) await cutConnections().catch(() => undefined);
      if (round % 10 === 0) await sleep(10);
    }
    await caughtUp();
    await eventually(() => expect(new Set(bus.on(TOPICS.stockEvents.name).map(({ event }) => event.id)).size).toBe(201));
    expect(gapIn(bus.versions(ATP))).toBeUndefined();
    expect(gapIn(bus.versions(CHANNEL_ATP))).toBeUndefined();
    expect(await onHand('SKU-3')).toBe(40);
    // Nothing was set aside for it.
    expect(await projector.check()).toBeUndefined();
  });
});

describe('a rebuild while events pour in', () => {
  it('compares equal, swaps, and versions go on', async () => {
    start();
    await history.channel('web');
    for (let round = 0; round < 100; round += 1) await history.receive(`SKU-${round % 9}`, 1);
    await caughtUp();
    let writing = true;
    const writer = (async () => {
      for (let round = 0; writing; round += 1) {
        await history.receive(`SKU-${round % 9}`, 1);
        await sleep(1);
      }
    })();
    const results = [];
    for (let time = 0; time < 3; time += 1) {
      results.push(await rebuild({ connectionString: postgres.connectionString, pool, eventStore: store, swap: true }));
    }
    writing = false;
    await writer;
    await caughtUp();
    expect(results.map(({ equal, swapped, corrected }) => ({ equal, swapped, corrected }))).toEqual(
      Array.from({ length: 3 }, () => ({ equal: true, swapped: true, corrected: 0 })),
    );
    await eventually(async () => expect((await readCheckpoint(pool, 'read_model')).position).toBe(await store.head()));
    const events = (await store.readAll({ after: -1n, limit: 1_000_000 })).events.length;
    await eventually(() => expect(new Set(bus.on(TOPICS.stockEvents.name).map(({ event }) => event.id)).size).toBe(events));
    expect(gapIn(bus.versions(ATP))).toBeUndefined();
    expect(gapIn(bus.versions(CHANNEL_ATP))).toBeUndefined();
    const { rows } = await pool.query<{ n: string }>('SELECT sum(on_hand) AS n FROM read_model.stock');
    expect(Number(rows[0]?.n)).toBe(events - 1);
  });

  it('finds a table that was tampered with, mends it, and publishes the difference with the next version', async () => {
    start();
    await history.receive('TEE', 5);
    await history.receive('HAT', 5);
    await eventually(() => expect(bus.on(ATP)).toHaveLength(2));
    await pool.query(`UPDATE read_model.stock SET on_hand = 99 WHERE sku = 'TEE'`);
    const result = await rebuild({ connectionString: postgres.connectionString, pool, eventStore: store, swap: true });
    expect(result).toMatchObject({ equal: false, swapped: true, corrected: 1 });
    expect(result.liveDigest).not.toBe(result.rebuiltDigest);
    expect(await digest(pool, 'read_model')).toBe(result.rebuiltDigest);
    await history.receive('HAT', 1);
    await eventually(() => expect(bus.versions(ATP)['acme|HAT|MAIN']?.at(-1)).toBe(2));
    expect(bus.versions(ATP)['acme|TEE|MAIN']).toEqual([1, 2]);
    expect(bus.on(ATP).find(({ key, event }) => key === 'acme|TEE|MAIN' && event.data['version'] === 2)?.event.data['onHand']).toBe(5);
  });

  it('only compares when told not to swap', async () => {
    start();
    await history.receive('TEE', 5);
    await caughtUp();
    const result = await rebuild({ connectionString: postgres.connectionString, pool, eventStore: store, swap: false });
    expect(result).toMatchObject({ events: 1, equal: true, swapped: false });
    const { rows } = await pool.query(`SELECT 1 FROM pg_namespace WHERE nspname LIKE 'read_model_%'`);
    expect(rows).toEqual([]);
  });
});
