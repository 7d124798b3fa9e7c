import { EventStoreUnavailable, NO_STREAM } from '../port.js';
import { appended, events, freshName, idsOf, until } from './bench.js';
import type { Bench } from './bench.js';

export function restartingContract(bench: Bench): void {
  it('finds everything again after it was closed, and goes on', async () => {
    const stream = freshName();
    const [before, after] = [events(4), events(2)];
    const first = await bench.open();
    const start = await first.head();
    const answer = await first.append(stream, NO_STREAM, before);
    await first.close();

    const second = await bench.open();
    expect(await second.append(stream, NO_STREAM, before)).toEqual(answer);
    await appended(second.append(stream, 3, after));
    const seen: string[] = [];
    const subscription = second.subscribe({
      after: start,
      filter: { streamPrefixes: [stream] },
      onBatch: async (batch) => {
        seen.push(...idsOf(batch.events));
      },
    });
    await until(() => seen.length === 6, 'a subscriber has it all');
    await subscription.stop();
    await second.close();
    expect(seen).toEqual(idsOf([...before, ...after]));
  });

  it('settles what is under way when it is closed and takes nothing more', async () => {
    const store = await bench.open();
    const prefix = freshName();
    const underWay = Promise.allSettled(Array.from({ length: 20 }, (_none, n) => store.append(`${prefix}-${n}`, NO_STREAM, events(1))));
    await store.close();
    for (const result of await underWay) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(EventStoreUnavailable);
    }
    await expect(store.append(prefix, NO_STREAM, events(1))).rejects.toThrow(EventStoreUnavailable);
  });

  it('stops its subscriptions when it is closed', async () => {
    const store = await bench.open();
    const prefix = freshName();
    let batches = 0;
    store.subscribe({
      after: await store.head(),
      filter: { streamPrefixes: [prefix] },
      onBatch: async () => {
        batches += 1;
      },
    });
    await store.close();
    const given = batches;
    await appended(bench.store.append(prefix, NO_STREAM, events(1)));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(batches).toBe(given);
  });
}
