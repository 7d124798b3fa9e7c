import { joined } from './joined.js';

describe('joined work', () => {
  it('joins what comes at once, and what comes while that runs', async () => {
    const turns: number[][] = [];
    const double = joined<number, number>({ perTurn: 3 }, async (items) => {
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
    const run = joined<string, string>({ perTurn: 10 }, async (items) => {
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
    const none = joined<string, undefined>({ perTurn: 10 }, async () => [undefined]);
    await expect(none('a')).resolves.toBeUndefined();
    const fewer = joined<string, string>({ perTurn: 10 }, async () => []);
    await expect(fewer('a')).rejects.toThrow('fewer results than items');
  });
});
