import { watchAbortListeners, type AbortListeners } from '@holdfast/testing';
import { FakeLogServer, type FakeCall } from '../../test/fake-log-server.js';
import { until } from '../contract/bench.js';
import type { EventSubscription, Position, SubscribeOptions } from '../port.js';
import { followLog } from './subscribing.js';
import { Tail } from './tail.js';

describe('subscriptions of one process', () => {
  let server: FakeLogServer;
  let tail: Tail;
  let cutOffs: number;
  let running: EventSubscription[];
  let listeners: AbortListeners;

  beforeEach(() => {
    listeners = watchAbortListeners();
    server = new FakeLogServer();
    cutOffs = 0;
    running = [];
    tail = new Tail(server.asLogServer, () => (cutOffs += 1));
  });
  afterEach(async () => {
    await Promise.all(running.map((each) => each.stop()));
    await tail.stop();
    listeners.stop();
    expect(listeners.count()).toBe(0);
  });

  /** Follows from a position; keeps the positions of the events that it was given, and faults. */
  function follow(after: Position, onBatch?: SubscribeOptions['onBatch']): { readonly seen: Position[]; readonly faults: unknown[] } {
    const [seen, faults]: [Position[], unknown[]] = [[], []];
    const detach = tail.onFault((error) => faults.push(error));
    const followed = followLog(server.asLogServer, tail, {
      ...{ after, batchSize: 100 },
      onBatch: async (batch) => {
        await onBatch?.(batch);
        seen.push(...batch.events.map(({ position }) => position));
      },
      onFault: (error) => faults.push(error),
    });
    running.push({
      stop: () => {
        detach();
        return followed.stop();
      },
    });
    return { seen, faults };
  }

  async function newestLive(count: number): Promise<FakeCall> {
    await until(() => server.live.length === count, `the log is read live for the ${count}. time`);
    const call = server.live.at(-1);
    if (call === undefined) throw new Error('there is no call');
    return call;
  }

  const positions = (from: number, to: number): bigint[] => Array.from({ length: to - from + 1 }, (_none, n) => BigInt(from + n));

  it('share one live reader of the log', async () => {
    const followers = [follow(5n), follow(5n), follow(5n)];
    (await newestLive(1)).give(6n, 9n);
    await until(() => followers.every(({ seen }) => seen.length === 2), 'all have it');
    expect(followers.map(({ seen }) => seen)).toEqual([
      [6n, 9n],
      [6n, 9n],
      [6n, 9n],
    ]);
    expect(server.calls).toHaveLength(1);
  });

  it('go on at once and quietly from the last position when the server ends the reader as too slow', async () => {
    const { seen, faults } = follow(5n);
    const first = await newestLive(1);
    await until(() => server.heads === 2, 'the reader and the subscriber know the end of the log');
    first.give(6n, 8n);
    first.cutOff();
    const second = await newestLive(2);
    expect(second.from).toBe(8n);
    second.give(11n);
    await until(() => seen.length === 3, 'it has all');
    expect([seen, faults, cutOffs, server.heads]).toEqual([[6n, 8n, 11n], [], 1, 2]);
    expect(first.unsubscribed).toBe(true);
  });

  it('are told of a fault of the reader, which reads on from the last position after a pause', async () => {
    const { seen, faults } = follow(5n);
    const first = await newestLive(1);
    first.give(6n);
    first.emit('error', new Error('gone'));
    (await newestLive(2)).give(7n);
    await until(() => seen.length === 2, 'it has all');
    expect(faults).toEqual([new Error('gone')]);
    expect(server.live[1]?.from).toBe(6n);
  });

  it('catch up by a call of their own what lies before the reader, then join it', async () => {
    const { seen } = follow(2n);
    await until(() => server.catchingUp.length === 1, 'it catches up');
    const [own] = server.catchingUp;
    expect(own?.from).toBe(2n);
    own?.give(3n, 5n);
    own?.emit('caughtUp');
    (await newestLive(1)).give(7n);
    await until(() => seen.length === 3, 'it has all');
    expect(seen).toEqual([3n, 5n, 7n]);
    expect(own?.unsubscribed).toBe(true);
    expect(server.calls).toHaveLength(2);
  });

  it('are not held up by one whose handler is slow; it leaves the reader when it is far behind, and joins again', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = follow(5n, (batch) => (batch.events.length > 0 ? held : Promise.resolve()));
    const quick = follow(5n);
    const live = await newestLive(1);
    live.give(6n);
    await until(() => quick.seen.length === 1, 'the reader is read');
    for (let from = 7; from < 40_000; from += 1_000) {
      live.give(...positions(from, from + 999));
      await until(() => quick.seen.length === from + 994, 'the quick one has all so far');
    }
    expect([slow.seen, server.catchingUp.length]).toEqual([[], 0]);
    release();
    await until(() => server.catchingUp.length === 1, 'the slow one catches up');
    const [own] = server.catchingUp;
    const from = Number(own?.from);
    expect(slow.seen).toEqual(positions(6, from));
    own?.give(...positions(from + 1, 40_006));
    expect(own?.paused).toBe(true);
    own?.emit('caughtUp');
    live.give(40_007n);
    await until(() => slow.seen.at(-1) === 40_007n, 'the slow one has all');
    expect(slow.seen).toEqual(positions(6, 40_007));
  });

  it('keep nothing of the calls before when the log is read again', async () => {
    follow(5n);
    await newestLive(1);
    await until(() => listeners.count() === 2, 'the reader and the subscriber wait');
    for (let again = 2; again <= 4; again += 1) {
      server.live.at(-1)?.emit('end');
      await newestLive(again);
    }
    await until(() => listeners.count() === 2, 'no more than these two wait');
    expect(server.live.map(({ unsubscribed }) => unsubscribed)).toEqual([true, true, true, false]);
  });
});
