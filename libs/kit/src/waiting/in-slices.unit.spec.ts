import { inSlices } from './in-slices.js';

function* counting(upTo: number): Generator<undefined, number> {
  for (let count = 0; count < upTo; count += 1) yield;
  return upTo;
}

/** A clock that moves on by a millisecond whenever it is read. */
const clock = (): (() => number) => {
  let ms = 0;
  return () => (ms += 1);
};

describe('work in slices', () => {
  it('gives the result of short work at once', () => expect(inSlices(counting(5), clock())).toBe(5));

  it('lets others run between the slices of long work', async () => {
    let turns = 0;
    const others = setInterval(() => (turns += 1), 0);
    const count = await inSlices(counting(100_000), clock());
    clearInterval(others);
    expect(count).toBe(100_000);
    expect(turns).toBeGreaterThan(10);
  });

  it('rejects with what a later step throws', async () => {
    function* failing(): Generator<undefined, number> {
      yield* counting(100);
      throw new Error('late');
    }
    await expect(inSlices(failing(), clock())).rejects.toThrow('late');
  });
});
