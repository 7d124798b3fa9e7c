import { coursesOf } from './flatness.js';
import type { Sample } from './samples.js';

const MB = 1_048_576;
const steady: Sample = { heapBytes: 80 * MB, rssBytes: 200 * MB, sockets: 20, handles: 40 };
const growing = (by: Partial<Sample>): readonly Sample[] =>
  Array.from({ length: 60 }, (_none, minute) => ({
    heapBytes: steady.heapBytes + (by.heapBytes ?? 0) * minute,
    rssBytes: steady.rssBytes + (by.rssBytes ?? 0) * minute,
    sockets: steady.sockets + (by.sockets ?? 0) * minute,
    handles: steady.handles + (by.handles ?? 0) * minute,
  }));
const notFlat = (samples: readonly Sample[]): readonly string[] =>
  coursesOf(samples).flatMap(({ figure, isFlat }) => (isFlat ? [] : [figure]));

describe('figures of a process under steady load', () => {
  it('are flat where nothing grows', () => expect(notFlat(growing({}))).toEqual([]));

  it.each([
    ['heapBytes', { heapBytes: MB }],
    ['rssBytes', { rssBytes: 2 * MB }],
    ['sockets', { sockets: 0.25 }],
    ['handles', { handles: 0.25 }],
  ])('name %s that grow with time', (figure, by) => expect(notFlat(growing(by))).toEqual([figure]));

  it('do not count garbage that is collected later', () => {
    const samples = growing({}).map((one, minute) => ({ ...one, heapBytes: one.heapBytes + (minute % 5) * 30 * MB }));
    expect(notFlat(samples)).toEqual([]);
  });

  it('do not count the warm-up', () => {
    const samples = growing({}).map((one, minute) => ({ ...one, heapBytes: minute < 15 ? 10 * MB : one.heapBytes }));
    expect(notFlat(samples)).toEqual([]);
  });

  it('say nothing of a run of a few samples', () => expect(coursesOf(growing({ sockets: 9 }).slice(0, 8))).toEqual([]));
});
