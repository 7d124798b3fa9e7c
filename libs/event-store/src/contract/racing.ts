import { NO_STREAM } from '../port.js';
import type { EventStore } from '../port.js';
import { appended, event, events, expectGrowing, freshName, idsOf, revisionsOf } from './bench.js';
import type { Bench } from './bench.js';

/** Appends once, on whatever revision the stream is at. */
async function appendSomewhere(store: EventStore, stream: string, id: number): Promise<number> {
  let expected = NO_STREAM;
  const mine = event('Taken.v1', { id });
  for (;;) {
    const result = await store.append(stream, expected, [mine]);
    if (result.kind === 'appended') return result.revision;
    expected = result.actual;
  }
}

export function racingContract(bench: Bench): void {
  it('lets exactly one of many win each revision of a stream', async () => {
    const stream = freshName();
    const other = await bench.open();
    const results = await Promise.all(
      Array.from({ length: 100 }, (_none, n) => (n % 2 === 0 ? bench.store : other).append(stream, NO_STREAM, [event('Taken.v1', { n })])),
    );
    await other.close();
    expect(results.filter((result) => result.kind === 'appended')).toHaveLength(1);
    expect(await bench.store.readStream(stream)).toHaveLength(1);
  });

  it('stores each of many appends to one stream once, in one order', async () => {
    const stream = freshName();
    const other = await bench.open();
    const revisions = await Promise.all(
      Array.from({ length: 60 }, (_none, id) => appendSomewhere(id % 2 === 0 ? bench.store : other, stream, id)),
    );
    await other.close();
    const stored = await bench.store.readStream(stream);
    expect(revisionsOf(stored)).toEqual(stored.map((_event, index) => index));
    expect([...revisions].sort((a, b) => a - b)).toEqual(revisionsOf(stored));
    expect(new Set(stored.map((each) => (each.data as { id: number }).id)).size).toBe(60);
  });

  it('keeps appends to many streams apart: a conflict fails only its own', async () => {
    const prefix = freshName();
    const start = await bench.store.head();
    await appended(bench.store.append(`${prefix}-taken`, NO_STREAM, events(1)));
    const lists = Array.from({ length: 200 }, (_none, n) => ({ stream: `${prefix}-${n}`, list: events(1 + (n % 3)) }));
    const [conflicts, results] = await Promise.all([
      Promise.all([1, 2, 3].map(() => bench.store.append(`${prefix}-taken`, NO_STREAM, events(1)))),
      Promise.all(lists.map(({ stream, list }) => appended(bench.store.append(stream, NO_STREAM, list)))),
    ]);
    expect(conflicts.map((result) => result.kind)).toEqual(['conflict', 'conflict', 'conflict']);
    expect(new Set(results.map((result) => result.position)).size).toBe(200);
    const page = await bench.store.readAll({ after: start, limit: 5_000, filter: { streamPrefixes: [`${prefix}-`] } });
    expectGrowing(page.events.map((each) => each.position));
    for (const { stream, list } of lists) {
      expect(idsOf(page.events.filter((each) => each.stream === stream))).toEqual(idsOf(list));
    }
  });

  it('keeps the events of one append next to each other in its stream', async () => {
    const stream = freshName();
    const attempts = Array.from({ length: 30 }, () => events(10));
    let expected = NO_STREAM;
    await Promise.all(
      attempts.map(async (list) => {
        for (;;) {
          const result = await bench.store.append(stream, expected, list);
          expected = result.kind === 'appended' ? Math.max(expected, result.revision) : Math.max(expected, result.actual);
          if (result.kind === 'appended') return;
        }
      }),
    );
    const stored = idsOf(await bench.store.readStream(stream));
    for (const list of attempts) {
      const at = stored.indexOf(list[0]?.id ?? '');
      expect(stored.slice(at, at + 10)).toEqual(idsOf(list));
    }
  });
}
