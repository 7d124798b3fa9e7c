import fc from 'fast-check';
import { allDone, runInLanes } from './run-in-lanes.js';

const turn = (times: number): Promise<void> => (times === 0 ? Promise.resolve() : Promise.resolve().then(() => turn(times - 1)));

describe('working in lanes', () => {
  it('begins the items of a lane in their order and never more than a window at once', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ lane: fc.constantFrom('a', 'b', 'c'), turns: fc.nat(5) }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        async (items, window, lanes) => {
          const begun: (typeof items)[number][] = [];
          const open = new Map<string, number>();
          const results = await runInLanes(items, { laneOf: ({ lane }) => lane, window, lanes }, async (item) => {
            begun.push(item);
            open.set(item.lane, (open.get(item.lane) ?? 0) + 1);
            expect(open.get(item.lane)).toBeLessThanOrEqual(window);
            await turn(item.turns);
            open.set(item.lane, (open.get(item.lane) ?? 0) - 1);
          });
          for (const lane of ['a', 'b', 'c'])
            expect(begun.filter((item) => item.lane === lane)).toEqual(items.filter((item) => item.lane === lane));
          expect(results.every(({ kind }) => kind === 'done')).toBe(true);
          expect(results).toHaveLength(items.length);
        },
      ),
    ));

  it('ends a lane after the window in which one failed, and no other lane', async () => {
    const begun: string[] = [];
    const results = await runInLanes(
      ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'],
      { laneOf: (item) => item.slice(0, 1), window: 2, lanes: 2 },
      (item) => {
        begun.push(item);
        return item === 'a1' ? Promise.reject(new Error('away')) : Promise.resolve(item);
      },
    );
    expect(begun.sort()).toEqual(['a1', 'a2', 'b1', 'b2', 'b3']);
    const failed = results.filter(({ kind }) => kind === 'failed').map(({ item }) => item);
    expect(failed).toEqual(['a1', 'a3']);
  });

  it('gives the results where all was done, else throws what failed first', async () => {
    const options = { laneOf: (item: string) => item.slice(0, 1), window: 1, lanes: 1 };
    expect(allDone(await runInLanes(['a1', 'b1'], options, (item) => Promise.resolve(`${item}!`)))).toEqual(['a1!', 'b1!']);
    const failed = await runInLanes(['a1', 'a2'], options, () => Promise.reject(new Error('away')));
    expect(() => allDone(failed)).toThrow('away');
  });
});
