import { jest } from '@jest/globals';
import { joined, joinedByTurn } from './joined.js';

describe('joined work', () => {
  it('joins what comes at once, and what comes while that runs', async () => {
    const turns: number[][] = [];
    const double = joined<number, number>({ most: 3 }, async (items) => {
      turns.push([...items]);
      await new Promise(setImmediate);
      return items.map((item) => item * 2);
    });
    const first = [1, 2].map(double);
    await first[0];
    const others = [3, 4, 5, 6].map(double);
    expect(await Promise.all([...first, ...others])).toEqual([2, 4, 6, 8, 10, 12]);
    expect(turns).toEqual([[1, 2], [3, 4, 5], [6]]);
  });

  it('fails those of one turn only', async () => {
    let turn = 0;
    const run = joined<string, string>({ most: 10 }, async (items) => {
      await new Promise(setImmediate);
      turn += 1;
      if (turn === 1) throw new Error('connection lost');
      return items;
    });
    const first = run('a');
    first.catch(() => undefined);
    await new Promise(setImmediate);
    const second = run('b');
    await expect(first).rejects.toThrow('connection lost');
    await expect(second).resolves.toBe('b');
  });

  it('keeps an undefined result apart from a missing one', async () => {
    const none = joined<string, undefined>({ most: 10 }, async () => [undefined]);
    await expect(none('a')).resolves.toBeUndefined();
    const fewer = joined<string, string>({ most: 10 }, async () => []);
    await expect(fewer('a')).rejects.toThrow('fewer results than items');
  });

  it('lets the first wait for others where it may linger', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const runs: (readonly number[])[] = [];
    const run = joined<number, number>({ most: 10, lingerMs: 5 }, async (items) => {
      runs.push(items);
      return items;
    });
    const first = run(1);
    await new Promise(setImmediate);
    const second = run(2);
    jest.advanceTimersByTime(5);
    await Promise.all([first, second]);
    jest.useRealTimers();
    expect(runs).toEqual([[1, 2]]);
  });
});

describe('work joined by turns of the event loop', () => {
  it('goes on beside a run that takes long', async () => {
    const runs: (readonly number[])[] = [];
    let endFirst: () => void = () => undefined;
    const run = joinedByTurn<number, number>({ most: 2 }, async (items) => {
      runs.push(items);
      if (items.includes(1)) await new Promise<void>((resolve) => (endFirst = resolve));
      return items;
    });
    const long = [1, 2].map(run);
    const beside = run(3);
    await expect(beside).resolves.toBe(3);
    await expect(run(4)).resolves.toBe(4);
    endFirst();
    await expect(Promise.all(long)).resolves.toEqual([1, 2]);
    expect(runs).toEqual([[1, 2], [3], [4]]);
  });
});
