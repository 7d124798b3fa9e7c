import { setTimeout as sleep } from 'node:timers/promises';
import { BadNetwork } from '../test/bad-network.js';
import { events, freshName, until } from './contract/bench.js';
import { openEventStoreDb } from './eventstoredb/eventstoredb-event-store.js';
import { EventStoreUnavailable, NO_STREAM } from './port.js';
import type { EventStore } from './port.js';

const url = process.env['EVENTSTOREDB_URL'];
const address = /^esdb:\/\/(?:[^@/]*@)?([^:/?,]+):(\d+)[/?].*tls=false/i.exec(url ?? '');

const suite = address ? describe : describe.skip; // There are no connections to count where EVENTSTOREDB_URL names no node without TLS.

suite('connections of the event store on EventStoreDB (needs EVENTSTOREDB_URL of one node without TLS)', () => {
  const network = new BadNetwork({ host: address?.[1] ?? '', port: Number(address?.[2]) });

  /** Appends, reads and pings that fail together in an outage, as those of a service do, until stopped. */
  function load(store: EventStore): { stop(): Promise<void>; done(): number } {
    let [stopped, done] = [false, 0];
    const calls: readonly (() => Promise<unknown>)[] = [
      () => store.append(freshName(), NO_STREAM, events(1)),
      () => store.readStream(freshName()),
      () => store.head(),
      () => store.ping(),
    ];
    const callers = Array.from({ length: 24 }, async (_none, caller) => {
      for (let call = caller; !stopped; call += 1) {
        const answered = await (calls[call % calls.length] ?? store.ping)().then(
          () => true,
          () => false,
        );
        if (answered) done += 1;
        else await sleep(10);
      }
    });
    return {
      done: () => done,
      stop: async () => {
        stopped = true;
        await Promise.all(callers);
      },
    };
  }

  it('are as few after outages as before, and none after it was closed', async () => {
    const port = await network.start();
    const store = await openEventStoreDb({ url: `esdb://127.0.0.1:${port}?tls=false` });
    const subscriptions = await Promise.all(
      Array.from({ length: 4 }, async () => store.subscribe({ after: await store.head(), onBatch: () => Promise.resolve() })),
    );
    const { done, stop } = load(store);
    for (let outage = 0; outage < 5; outage += 1) {
      const before = done();
      await until(() => done() > before + 50, 'calls are answered');
      await network.stop();
      await sleep(1_500);
      await network.start(port);
    }
    const before = done();
    await until(() => done() > before + 200, 'calls are answered again');
    await until(() => network.connections <= 2, 'there are at most two connections');
    await stop();
    await Promise.all(subscriptions.map((each) => each.stop()));
    await store.close();
    await until(() => network.connections === 0, 'there is no connection', 30_000);
    await network.stop();
  });

  it('are none after it was closed while the server was away, also once that is back', async () => {
    const port = await network.start();
    const store = await openEventStoreDb({ url: `esdb://127.0.0.1:${port}?tls=false` });
    await store.append(freshName(), NO_STREAM, events(1));
    await network.stop();
    // Both clients have to meet the fault, and wait to connect again.
    await expect(store.append(freshName(), NO_STREAM, events(1))).rejects.toThrow(EventStoreUnavailable);
    await expect(store.append(freshName(), NO_STREAM, events(1))).rejects.toThrow(EventStoreUnavailable);
    await expect(store.head()).rejects.toThrow(EventStoreUnavailable);
    await expect(store.head()).rejects.toThrow(EventStoreUnavailable);
    await store.close();
    await network.start(port);
    // Longer than any pause before connecting again.
    await sleep(3_000);
    await until(() => network.connections === 0, 'there is no connection', 30_000);
    await network.stop();
  });
});
