import { InvalidAppend, NO_STREAM } from '../port.js';
import { MAX_APPEND_BYTES } from '../limits.js';
import { appended, event, events, expectGrowing, freshName, idsOf, revisionsOf } from './bench.js';
import type { Bench } from './bench.js';

export function appendingContract(bench: Bench): void {
  it('answers the revision and a growing position', async () => {
    const stream = freshName();
    const first = await appended(bench.store.append(stream, NO_STREAM, events(2)));
    const second = await appended(bench.store.append(stream, 1, events(1)));
    expect([first.revision, second.revision]).toEqual([1, 2]);
    expect(second.position > first.position).toBe(true);
    const stored = await bench.store.readStream(stream);
    expect(stored.map((each) => each.position).slice(1)).toEqual([first.position, second.position]);
  });

  it('gives back what was stored', async () => {
    const stream = freshName();
    const data = { text: 'Größe "XL" \\ \u0000 \u2028 👟', list: [1, 0.1, null, { deep: [true] }], empty: {} };
    const metadata = { tenant: 't', at: 1, commandId: 'c', actor: 'Zoë', correlationId: 'x' };
    const given = { ...event('Described.v1', data), metadata };
    const before = Date.now();
    const { position } = await appended(bench.store.append(stream, NO_STREAM, [given]));
    const [stored] = await bench.store.readStream(stream);
    expect(stored).toEqual({ ...given, stream, revision: 0, position, recordedAt: expect.any(Number) as number });
    expect(Math.abs((stored?.recordedAt ?? 0) - before)).toBeLessThan(60_000);
  });

  it('refuses a wrong revision and says the actual one', async () => {
    const stream = freshName();
    expect(await bench.store.append(stream, 3, events(1))).toEqual({ kind: 'conflict', expected: 3, actual: NO_STREAM });
    await appended(bench.store.append(stream, NO_STREAM, events(3)));
    expect(await bench.store.append(stream, NO_STREAM, events(1))).toEqual({ kind: 'conflict', expected: NO_STREAM, actual: 2 });
    expect(await bench.store.append(stream, 0, events(4))).toEqual({ kind: 'conflict', expected: 0, actual: 2 });
    expect(await bench.store.append(stream, 7, events(1))).toEqual({ kind: 'conflict', expected: 7, actual: 2 });
    expect(await bench.store.readStream(stream)).toHaveLength(3);
  });

  it('answers the same events at the same place as appended, once stored', async () => {
    const stream = freshName();
    const [before, again, after] = [events(1), events(3), events(2)];
    await appended(bench.store.append(stream, NO_STREAM, before));
    const first = await bench.store.append(stream, 0, again);
    expect(await bench.store.append(stream, 0, again)).toEqual(first);
    await appended(bench.store.append(stream, 3, after));
    expect(await bench.store.append(stream, 0, again)).toEqual(first);
    expect(idsOf(await bench.store.readStream(stream))).toEqual(idsOf([...before, ...again, ...after]));
  });

  it('refuses events that were only partly, or elsewhere, appended before', async () => {
    const stream = freshName();
    const [one, two] = [event(), event()];
    await appended(bench.store.append(stream, NO_STREAM, [one, two]));
    expect(await bench.store.append(stream, NO_STREAM, [one, event()])).toMatchObject({ kind: 'conflict', actual: 1 });
    expect(await bench.store.append(stream, NO_STREAM, [event(), two])).toMatchObject({ kind: 'conflict', actual: 1 });
    expect(await bench.store.append(stream, 0, [one])).toMatchObject({ kind: 'conflict', actual: 1 });
    expect(await bench.store.readStream(stream)).toHaveLength(2);
  });

  it('stores thousands of events of one append together', async () => {
    const stream = freshName();
    const many = events(5_000);
    const { revision } = await appended(bench.store.append(stream, NO_STREAM, many));
    expect(revision).toBe(4_999);
    const stored = await bench.store.readStream(stream);
    expect(idsOf(stored)).toEqual(idsOf(many));
    expect(revisionsOf(stored)).toEqual(many.map((_event, index) => index));
    expectGrowing(stored.map((each) => each.position));
  });

  it('stores an append of nearly the limit of bytes and refuses a larger one', async () => {
    const stream = freshName();
    const large = event('Large.v1', { text: 'x'.repeat(MAX_APPEND_BYTES - 300) });
    await appended(bench.store.append(stream, NO_STREAM, [large]));
    expect(await bench.store.readStream(stream)).toMatchObject([{ data: large.data }]);
    await expect(bench.store.append(stream, 0, [large, large])).rejects.toThrow(InvalidAppend);
  });

  it('refuses what can never be stored, and stays usable', async () => {
    const stream = freshName();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const attempts = [
      () => bench.store.append(stream, NO_STREAM, []),
      () => bench.store.append(stream, NO_STREAM, [event('')]),
      () => bench.store.append(stream, NO_STREAM, [event('$metadata')]),
      () => bench.store.append(stream, NO_STREAM, [{ ...event(), id: 'no-uuid' }]),
      () => bench.store.append(stream, NO_STREAM, [event('A.v1', 1n)]),
      () => bench.store.append(stream, NO_STREAM, [{ ...event(), data: undefined }]),
      () => bench.store.append(stream, NO_STREAM, [event('A.v1', circle)]),
      () => bench.store.append(stream, -2, events(1)),
      () => bench.store.append('', NO_STREAM, events(1)),
      () => bench.store.append('$all', NO_STREAM, events(1)),
      () => bench.store.append('a\u0000b', NO_STREAM, events(1)),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(InvalidAppend);
    await appended(bench.store.append(stream, NO_STREAM, events(1)));
    expect(await bench.store.readStream(stream)).toHaveLength(1);
  });
}
