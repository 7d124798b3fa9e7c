import { ownTurn } from '../index.js';

describe('a turn of the event loop of its own', () => {
  it('is given to each caller after the other, with a turn for others in between', async () => {
    const seen: (number | 'others')[] = [];
    let over = false;
    const others = (): void => {
      seen.push('others');
      if (!over) setImmediate(others);
    };
    setImmediate(others);
    await Promise.all([1, 2, 3].map((caller) => ownTurn().then(() => seen.push(caller))));
    over = true;
    expect(seen.filter((one) => one !== 'others')).toEqual([1, 2, 3]);
    for (const caller of [2, 3] as const) expect(seen.slice(seen.indexOf(caller - 1), seen.indexOf(caller))).toContain('others');
  });
});
