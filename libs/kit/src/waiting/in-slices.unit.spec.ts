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

  it('gives one slice a turn, however much work there is', async () => {
    const ran: Set<number>[] = [new Set()];
    let over = false;
    const look = (): void => {
      ran.push(new Set());
      if (!over) setImmediate(look);
    };
    function* noted(work: number): Generator<undefined, number> {
      for (let step = 0; step < 200; step += 1) {
        ran.at(-1)?.add(work);
        yield;
      }
      return work;
    }
    setImmediate(look);
    const works = Array.from({ length: 10 }, (_, work) => work);
    const running = works.map(async (work) => inSlices(noted(work), clock()));
    expect(await Promise.all(running)).toEqual(works);
    over = true;
    const [atOnce, ...later] = ran.map((seen) => seen.size);
    expect(atOnce).toBe(10);
    expect(Math.max(...later)).toBe(1);
  });

  it('gives the result of short work at once beside long work', async () => {
    const long = inSlices(counting(1_000), clock());
    expect(inSlices(counting(5), () => 0)).toBe(5);
    expect(await long).toBe(1_000);
  });

  it('rejects with what a later step throws', async () => {
    function* failing(): Generator<undefined, number> {
      yield* counting(100);
      throw new Error('late');
    }
    await expect(inSlices(failing(), clock())).rejects.toThrow('late');
  });
});
