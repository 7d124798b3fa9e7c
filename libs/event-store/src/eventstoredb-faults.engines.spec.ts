import { BadNetwork } from '../test/bad-network.js';
import { appended, events, expectGrowing, freshName, idsOf, until } from './contract/bench.js';
import { openEventStoreDb } from './eventstoredb/eventstoredb-event-store.js';
import { EventStoreUnavailable, NO_STREAM } from './port.js';
import type { EventStore, NewEvent, Position, RecordedEvent } from './port.js';

const url = process.env['EVENTSTOREDB_URL'];
const address = /^esdb:\/\/(?:[^@/]*@)?([^:/?,]+):(\d+)[/?].*tls=false/i.exec(url ?? '');

const suite = address ? describe : describe.skip; // There is no network to disturb where EVENTSTOREDB_URL names no node without TLS.

suite('event store on EventStoreDB over a bad network (needs EVENTSTOREDB_URL of one node without TLS)', () => {
  const network = new BadNetwork({ host: address?.[1] ?? '', port: Number(address?.[2]) });
  let store: EventStore;
  let port: number;

  beforeAll(async () => {
    port = await network.start();
    store = await openEventStoreDb({ url: `esdb://127.0.0.1:${port}?tls=false`, appendTimeoutMs: 700, readTimeoutMs: 1_000 });
  });
  afterAll(async () => {
    await store.close();
    await network.stop();
  });

  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  /** As a caller has to do it: the same events again until the outcome is known. */
  const appendUntilKnown = async (stream: string, expected: number, list: readonly NewEvent[]): Promise<number> => {
    const deadline = performance.now() + 120_000;
    for (let faults = 0; ; faults += 1) {
      try {
        const { revision } = await appended(store.append(stream, expected, list));
        expect(revision).toBe(expected + list.length);
        return faults;
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable) || performance.now() > deadline) throw error;
        await pause(10);
      }
    }
  };

  /** Writers and a subscriber at work while `disturb` does its harm; every event is stored once and seen once, in order. */
  const survive = async (disturb: () => Promise<void>): Promise<{ readonly faults: number; readonly resubscribed: number }> => {
    const prefix = freshName();
    const seen: RecordedEvent[] = [];
    const positions: Position[] = [];
    let resubscribed = 0;
    const subscription = store.subscribe({
      after: await store.head(),
      filter: { streamPrefixes: [prefix] },
      batchSize: 20,
      onBatch: async (batch) => {
        seen.push(...batch.events);
        positions.push(batch.position);
      },
      onFault: () => {
        resubscribed += 1;
      },
    });
    let faults = 0;
    let disturbed = false;
    const writers = Array.from({ length: 16 }, async (_none, writer) => {
      const stream = `${prefix}-${writer}`;
      const written: string[] = [];
      while (!disturbed || written.length < 30) {
        const list = events(2);
        faults += await appendUntilKnown(stream, written.length - 1, list);
        written.push(...idsOf(list));
      }
      return { stream, written };
    });
    await until(() => seen.length > 50, 'all is under way');
    await disturb();
    disturbed = true;
    const streams = await Promise.all(writers);
    const total = streams.reduce((sum, { written }) => sum + written.length, 0);
    await until(() => seen.length >= total, 'the subscriber has it all');
    await subscription.stop();
    expect(seen).toHaveLength(total);
    expectGrowing(seen.map((each) => each.position));
    expectGrowing(positions);
    for (const { stream, written } of streams) {
      expect(idsOf(seen.filter((each) => each.stream === stream))).toEqual(written);
      expect(idsOf(await store.readStream(stream))).toEqual(written);
    }
    return { faults, resubscribed };
  };

  it('survives connections that are cut again and again', async () => {
    const outcome = await survive(async () => {
      for (let times = 0; times < 8; times += 1) {
        network.cut();
        await pause(150);
      }
    });
    expect(outcome.faults).toBeGreaterThan(0);
    expect(outcome.resubscribed).toBeGreaterThan(0);
  });

  it('survives answers that are lost before the connection is cut', async () => {
    const outcome = await survive(async () => {
      for (let times = 0; times < 5; times += 1) {
        network.loseAnswers(true);
        await pause(60);
        network.cut();
        network.loseAnswers(false);
        await pause(200);
      }
    });
    expect(outcome.faults).toBeGreaterThan(0);
  });

  it('survives a server that is gone for a while', async () => {
    await survive(async () => {
      await network.stop();
      await expect(store.ping()).rejects.toThrow(EventStoreUnavailable);
      await pause(3_000);
      await network.start(port);
    });
    await expect(store.ping()).resolves.toBeUndefined();
  });

  it('gives appends and reads up after their time when nothing answers', async () => {
    const stream = freshName();
    const list = events(1);
    await store.head();
    network.loseAnswers(true);
    await Promise.all([
      expect(store.append(stream, NO_STREAM, list)).rejects.toThrow(EventStoreUnavailable),
      expect(store.readStream(stream)).rejects.toThrow(EventStoreUnavailable),
    ]);
    network.cut();
    network.loseAnswers(false);
    await appendUntilKnown(stream, NO_STREAM, list);
    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(list));
  });
});
