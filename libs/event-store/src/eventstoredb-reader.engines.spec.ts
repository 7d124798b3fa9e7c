import { setTimeout as sleep } from 'node:timers/promises';
import { events, expectGrowing, freshName, idsOf, until } from './contract/bench.js';
import { openEventStoreDb } from './eventstoredb/eventstoredb-event-store.js';
import { NO_STREAM } from './port.js';
import type { EventStore, EventSubscription, RecordedEvent } from './port.js';

const url = process.env['EVENTSTOREDB_URL'];

const suite = url ? describe : describe.skip; // There is no server to read from where EVENTSTOREDB_URL is not set.

const BURST = 200;
const LEAST_BURSTS = 30;
const MOST_BURSTS = 2_000;

suite('live reader of the event store on EventStoreDB (needs EVENTSTOREDB_URL)', () => {
  let store: EventStore;
  let cutOffs = 0;
  let faults = 0;

  beforeAll(async () => {
    store = await openEventStoreDb({ url: url ?? '', onReaderCutOff: () => (cutOffs += 1) });
  });
  afterAll(() => store.close());

  interface Follower {
    readonly seen: RecordedEvent[];
    readonly subscription: EventSubscription;
  }

  async function follow(prefix: string, handlerMs: number): Promise<Follower> {
    const seen: RecordedEvent[] = [];
    const subscription = store.subscribe({
      ...{ after: await store.head(), filter: { streamPrefixes: [prefix] } },
      onBatch: async (batch) => {
        if (handlerMs > 0) await sleep(handlerMs);
        seen.push(...batch.events);
      },
      onFault: () => (faults += 1),
    });
    return { seen, subscription };
  }

  it('gives every subscriber everything once, in order and without a fault, while the server ends it as too slow', async () => {
    const prefix = freshName();
    const followers = await Promise.all([0, 0, 0, 40].map((handlerMs) => follow(prefix, handlerMs)));
    const written: string[] = [];
    for (let burst = 0; burst < LEAST_BURSTS || (cutOffs === 0 && burst < MOST_BURSTS); burst += 1) {
      const list = events(BURST);
      await store.append(`${prefix}-${burst}`, NO_STREAM, list);
      written.push(...idsOf(list));
    }
    await until(() => followers.every(({ seen }) => seen.length >= written.length), 'all have it all');
    await Promise.all(followers.map(({ subscription }) => subscription.stop()));
    for (const { seen } of followers) {
      expect(idsOf(seen)).toEqual(written);
      expectGrowing(seen.map(({ position }) => position));
    }
    expect(cutOffs).toBeGreaterThan(0);
    expect(faults).toBe(0);
  });
});
