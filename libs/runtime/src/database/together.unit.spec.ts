import { Together } from './together.js';

describe('working together', () => {
  it('runs one at a time and takes all that came meanwhile at once', async () => {
    const turns: (readonly string[])[] = [];
    let atOnce = 0;
    const together = new Together<string>(async (items) => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      turns.push(items);
      await new Promise((resolve) => setTimeout(resolve, 20));
      atOnce -= 1;
    }, 1);
    const first = together.add(['a']);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await Promise.all([first, together.add(['b', 'c']), together.add(['d'])]);
    expect(turns).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('fails those whose turn failed, and goes on', async () => {
    let fails = true;
    const together = new Together<string>(async () => {
      if (fails) throw new Error('no disk left');
    }, 1);
    await expect(Promise.all([together.add(['a']), together.add(['b'])])).rejects.toThrow('no disk left');
    fails = false;
    await expect(together.add(['a'])).resolves.toBeUndefined();
  });
});
