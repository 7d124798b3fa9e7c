import { NO_STREAM } from '../port.js';
import type { EventFilter, Position, RecordedEvent } from '../port.js';
import { appended, event, events, expectGrowing, freshName, idsOf, revisionsOf, write } from './bench.js';
import type { Bench } from './bench.js';

export function readingContract(bench: Bench): void {
  it('reads a stream from either end, from anywhere, as many as wanted', async () => {
    const stream = freshName();
    await appended(bench.store.append(stream, NO_STREAM, events(6)));
    const read = async (options: Parameters<typeof bench.store.readStream>[1]): Promise<readonly number[]> =>
      revisionsOf(await bench.store.readStream(stream, options));
    expect(await read({})).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await read({ from: 4 })).toEqual([4, 5]);
    expect(await read({ from: 1, limit: 2 })).toEqual([1, 2]);
    expect(await read({ from: 6 })).toEqual([]);
    expect(await read({ direction: 'backwards', limit: 2 })).toEqual([5, 4]);
    expect(await read({ direction: 'backwards', from: 1 })).toEqual([1, 0]);
    expect(await read({ direction: 'backwards', from: 99, limit: 1 })).toEqual([5]);
  });

  it('gives each of many reads at once its own stream, from its own revision on, as many as wanted', async () => {
    const streams = Array.from({ length: 30 }, () => freshName());
    await Promise.all(streams.map((stream, index) => appended(bench.store.append(stream, NO_STREAM, events(index + 1)))));
    const read = await Promise.all([
      ...streams.map((stream) => bench.store.readStream(stream, { from: 3, limit: 20 })),
      bench.store.readStream(freshName(), { limit: 20 }),
      bench.store.readStream(streams[5] ?? '', { limit: 20 }),
    ]);
    for (const [index, stream] of streams.entries()) {
      const found = read[index] ?? [];
      expect(revisionsOf(found)).toEqual(Array.from({ length: Math.min(20, Math.max(0, index - 2)) }, (_none, n) => n + 3));
      expect(found.every((each) => each.stream === stream)).toBe(true);
    }
    expect(read.slice(-2).map(revisionsOf)).toEqual([[], [0, 1, 2, 3, 4, 5]]);
  });

  it('reads nothing from a stream that is not there', async () => {
    expect(await bench.store.readStream(freshName())).toEqual([]);
    expect(await bench.store.readStream(freshName(), { direction: 'backwards' })).toEqual([]);
  });

  const readEverything = async (after: Position, limit: number, filter?: EventFilter): Promise<RecordedEvent[]> => {
    const all: RecordedEvent[] = [];
    let position = after;
    for (;;) {
      const page = await bench.store.readAll({ after: position, limit, ...(filter ? { filter } : {}) });
      expect(page.events.length).toBeLessThanOrEqual(limit);
      all.push(...page.events);
      if (page.atEnd) return all;
      expect(page.position > position).toBe(true);
      position = page.position;
    }
  };

  it('pages through everything in order, each event once, whatever the size of a page', async () => {
    const prefix = freshName();
    const start = await bench.store.head();
    const written = [events(4), events(1), events(3), events(2)];
    for (const [index, list] of written.entries()) await appended(bench.store.append(`${prefix}-${index}`, NO_STREAM, list));
    for (const limit of [1, 3, 10, 1_000]) {
      const read = await readEverything(start, limit);
      expect(idsOf(read.filter((each) => each.stream.startsWith(prefix)))).toEqual(idsOf(written.flat()));
      expectGrowing(read.map((each) => each.position));
    }
  });

  it('reads on exclusively after a position', async () => {
    const stream = freshName();
    const before = await bench.store.head();
    const { position } = await appended(bench.store.append(stream, NO_STREAM, events(1)));
    await appended(bench.store.append(stream, 0, events(1)));
    const filter = { streamPrefixes: [stream] };
    expect(revisionsOf(await readEverything(position, 10, filter))).toEqual([1]);
    expect(revisionsOf(await readEverything(before, 10, filter))).toEqual([0, 1]);
  });

  it('filters by the beginning of a stream, by type, and by both', async () => {
    const prefix = freshName();
    const start = await bench.store.head();
    await write(bench.store, `${prefix}-a.1`, [event('One.v1'), event('Two.v1')]);
    await write(bench.store, `${prefix}-a.2`, [event('Two.v1')]);
    await write(bench.store, `${prefix}-b.1`, [event('One.v1'), event('Two.v1')]);
    const read = async (filter: EventFilter): Promise<readonly string[]> =>
      (await readEverything(start, 2, filter)).map((each) => `${each.stream.slice(prefix.length)} ${each.type}`);
    expect(await read({ streamPrefixes: [`${prefix}-a`] })).toEqual(['-a.1 One.v1', '-a.1 Two.v1', '-a.2 Two.v1']);
    expect(await read({ streamPrefixes: [`${prefix}-b`, `${prefix}-a.2`] })).toEqual(['-a.2 Two.v1', '-b.1 One.v1', '-b.1 Two.v1']);
    expect(await read({ streamPrefixes: [`${prefix}-a`], types: ['Two.v1'] })).toEqual(['-a.1 Two.v1', '-a.2 Two.v1']);
    expect(await read({ streamPrefixes: [prefix], types: ['Three.v1'] })).toEqual([]);
    expect(await read({ streamPrefixes: [`${prefix}%`, `${prefix}_`] })).toEqual([]);
    const types = [`One.${prefix}.v1`];
    await write(bench.store, `${prefix}-c`, [event('One.v1'), event(types[0])]);
    expect(await read({ types })).toEqual([`-c ${String(types[0])}`]);
  });

  it('moves its position over events that pass no filter', async () => {
    const before = await bench.store.head();
    await appended(bench.store.append(freshName(), NO_STREAM, events(5)));
    const head = await bench.store.head();
    const page = await bench.store.readAll({ after: before, limit: 10, filter: { streamPrefixes: [freshName()] } });
    expect(page.events).toEqual([]);
    expect(page.position >= head).toBe(true);
    expect(page.atEnd).toBe(true);
  });

  it('knows the position of the newest event', async () => {
    const { position } = await appended(bench.store.append(freshName(), NO_STREAM, events(3)));
    expect((await bench.store.head()) >= position).toBe(true);
    expect(await readEverything(await bench.store.head(), 10, { streamPrefixes: ['contract-'] })).toEqual([]);
  });

  it('answers a ping', async () => {
    await expect(bench.store.ping()).resolves.toBeUndefined();
  });
}
